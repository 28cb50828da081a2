// The syllabus of the test class, longer than its one lesson.
import { Syllabus } from '#contract/kinds/catalogue.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import type { TestServer } from '#test/support/test-server.ts'

const both = (zh: string) => ({ zh, en: zh })

/** Publishes the syllabus of the test class: 270 minutes in two units. */
export async function publishSyllabus(site: TestServer): Promise<void> {
  const unit = (moduleId: string, theoryMinutes: number, practicalMinutes: number) => ({
    moduleId,
    kind: 'specialSkill',
    title: both(`单元${moduleId}`),
    points: [],
    theoryMinutes,
    practicalMinutes,
  })
  const syllabus = Syllabus.parse({
    syllabusId: 'Y1',
    occupationId: 'O1',
    skillLevel: 5,
    version: 1,
    sample: true,
    title: both('大纲'),
    aim: both('学会'),
    modules: [unit('M1', 60, 120), unit('M2', 90, 0)],
    assessment: {
      theory: { minutes: 60, form: both('笔试') },
      practical: { minutes: 90, task: both('做一件'), criteria: [{ name: both('质量'), weightPercent: 100 }] },
    },
  })
  const { context, clock } = site
  const draft = {
    stream: 'catalogue/O1',
    kind: 'catalogue.syllabus-published.v1' as const,
    body: { syllabus },
    occurredOn: clock.today(),
    basedOn: null,
  }
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, [draft]))
}
