// Draws one certificate: A4 landscape, a double azurite rule, one pale hill, serif, everything in vectors.
// Measures follow look/certificate.html; its unit "cqw" is one hundredth of the page's width.
import type PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import type { PlacedRun } from './certificate-lines.ts'
import { breakIntoLines } from './certificate-lines.ts'
import { certificateSentence, certificateWords, dateInWords } from './certificate.template.ts'
import type { CertificatePaper } from './paper-input.ts'

const unit = 841.89 / 100
const pageWidth = 841.89
const pageHeight = 595.28
const ink = '#14232B'
const azurite = '#155078'
const titleInk = '#0D3B5A'
const cinnabar = '#B83A22'
const grey = '#41525A'
const hairline = '#788A90'
const left = 9.6 * unit
const right = pageWidth - left
const pointsPerMm = 72 / 25.4
const fontName = 'certificate'
// How much of the size a stroke adds where bold is wanted: only one weight is carried.
const boldness = 0.028

type Document = InstanceType<typeof PDFDocument>

/** Draws everything of one certificate on the current page; the font must be registered as `certificate`. */
export function drawCertificate(document: Document, paper: CertificatePaper, demonstration: boolean): void {
  drawFrame(document)
  drawHead(document, paper, demonstration)
  drawSentence(document, paper)
  drawQr(document, paper.qrText)
  drawIssuer(document, paper)
}

function drawFrame(document: Document): void {
  const outer = 2.6 * unit
  const inner = outer + 0.83 * unit
  drawHill(document, inner + 0.05 * unit)
  const rule = (inset: number, width: number): void => {
    document
      .lineWidth(width)
      .rect(inset, inset, pageWidth - 2 * inset, pageHeight - 2 * inset)
      .stroke(azurite)
  }
  rule(outer + 0.14 * unit, 0.28 * unit)
  rule(inner, 0.1 * unit)
}

/** The hill of the look, two tones, drawn on a field of 1000 by 130. */
function drawHill(document: Document, inset: number): void {
  const height = 13 * unit
  document.save()
  document.translate(inset, pageHeight - inset - height).scale((pageWidth - 2 * inset) / 1000, height / 130)
  document.path('M0 96C120 60 240 52 360 74S600 100 720 62 900 20 1000 40v90H0Z').fill('#EEF4F3')
  document.path('M0 118c160-26 300-22 450-10s300 0 400-18 120-8 150-6v46H0Z').fill('#E0ECE9')
  document.restore()
}

function drawHead(document: Document, paper: CertificatePaper, demonstration: boolean): void {
  const size = 5.6 * unit
  const spacing = size * 0.26
  document.font(fontName).fontSize(size)
  const width = document.widthOfString(certificateWords.title) + spacing * ([...certificateWords.title].length - 1)
  let x = (pageWidth - width) / 2
  for (const character of certificateWords.title) {
    drawText(document, character, x, 16.3 * unit, size, titleInk, true)
    x += document.widthOfString(character) + spacing
  }
  const line = 20.6 * unit
  const number = `${certificateWords.number}\u3000${paper.number}`
  const numberSize = fittingSize(document, number, 1.5 * unit, (right - left) * 0.7)
  drawText(document, number, right - widthAt(document, number, numberSize), line, numberSize, ink, false)
  if (demonstration) drawDemonstrationMark(document, line)
}

function drawDemonstrationMark(document: Document, line: number): void {
  const size = 1.5 * unit
  const width = widthAt(document, certificateWords.demonstration, size)
  const padding = size * 0.6
  document
    .lineWidth(0.12 * unit)
    .roundedRect(left, line - size * 1.12, width + 2 * padding, size * 1.6, 0.3 * unit)
    .stroke(cinnabar)
  drawText(document, certificateWords.demonstration, left + padding, line, size, cinnabar, false)
}

function drawSentence(document: Document, paper: CertificatePaper): void {
  const linesMax = 5
  let size = 2.25 * unit
  let lines = sentenceLines(document, paper, size)
  while (lines.length > linesMax && size > 1.3 * unit) {
    size *= 0.94
    lines = sentenceLines(document, paper, size)
  }
  const leading = size * (lines.length > 4 ? 1.8 : 2)
  const middle = 36.2 * unit
  const first = middle - ((lines.length - 1) * leading) / 2 + size * 0.35
  lines.forEach((line, index) => {
    for (const run of line) drawRun(document, run, first + index * leading, size)
  })
}

function sentenceLines(document: Document, paper: CertificatePaper, size: number): PlacedRun[][] {
  const measure = (text: string, isField: boolean): number => widthAt(document, text, isField ? size * 1.14 : size)
  return breakIntoLines(certificateSentence(paper), right - left, size * 0.3, measure)
}

function drawRun(document: Document, run: PlacedRun, baseline: number, size: number): void {
  const x = left + run.x
  drawText(document, run.text, x, baseline, run.isField ? size * 1.14 : size, ink, run.isField)
  if (!run.isField) return
  const overhang = size * 0.22
  const below = baseline + size * 0.5
  document
    .lineWidth(0.7)
    .moveTo(x - overhang, below)
    .lineTo(x + run.width + overhang, below)
    .stroke(hairline)
}

function drawQr(document: Document, qrText: string): void {
  const quiet = 4
  // Printed clean on white, size of a module helps a cheap camera more than redundancy: the lowest level, raised where it costs nothing.
  const code = encode(qrText, { ecc: 'L', boostEcc: true, border: 0 })
  const side = Math.min(44, Math.max(29, code.size * 0.54)) * pointsPerMm
  const module = side / code.size
  const top = pageHeight - 7 * unit - side
  document.save()
  document.translate(left, top).scale(module)
  document.rect(-quiet, -quiet, code.size + 2 * quiet, code.size + 2 * quiet).fill('#FFFFFF')
  code.data.forEach((row, rowIndex) => {
    for (const [start, length] of darkStretches(row)) document.rect(start, rowIndex, length, 1)
  })
  document.fill(ink)
  document.restore()
  drawText(
    document,
    certificateWords.scanHint,
    left + side + (quiet + 2) * module,
    top + side - 2,
    1.15 * unit,
    grey,
    false,
  )
}

function darkStretches(row: readonly boolean[]): [start: number, length: number][] {
  const stretches: [number, number][] = []
  row.forEach((dark, column) => {
    const last = stretches.at(-1)
    if (!dark) return
    if (last !== undefined && last[0] + last[1] === column) last[1] += 1
    else stretches.push([column, 1])
  })
  return stretches
}

function drawIssuer(document: Document, paper: CertificatePaper): void {
  const widthMax = 34 * unit
  const names = issuerLines(document, paper.issuerName, widthMax)
  const size = Math.min(...names.map((name) => fittingSize(document, name, 2.05 * unit, widthMax)))
  const date = dateInWords(paper.issuedOn)
  const dateSize = 1.55 * unit
  const widest = Math.max(
    ...names.map((name) => widthAt(document, name, size)),
    widthAt(document, date, dateSize),
    14.2 * unit,
  )
  const middle = right - widest / 2 - unit
  const dateLine = pageHeight - 8.3 * unit
  const centred = (text: string, baseline: number, textSize: number, bold: boolean): void => {
    drawText(document, text, middle - widthAt(document, text, textSize) / 2, baseline, textSize, ink, bold)
  }
  names.forEach((name, index) =>
    centred(name, dateLine - 2.9 * unit - (names.length - 1 - index) * size * 1.35, size, true),
  )
  centred(date, dateLine, dateSize, false)
  drawSealPlace(document, middle, dateLine - 3.1 * unit)
}

/** The place for a seal of 42 mm over name and date; only its word is printed inside. */
function drawSealPlace(document: Document, x: number, y: number): void {
  const radius = 21 * pointsPerMm
  document.save()
  document
    .lineWidth(0.16 * unit)
    .dash(3, { space: 2.4 })
    .circle(x, y, radius)
    .stroke(cinnabar)
  document.restore()
  const size = 1.1 * unit
  drawText(
    document,
    certificateWords.sealPlace,
    x - widthAt(document, certificateWords.sealPlace, size) / 2,
    y - radius + size * 2,
    size,
    cinnabar,
    false,
  )
}

/** A training body's name that would have to shrink below a readable size stands in two lines. */
function issuerLines(document: Document, name: string, widthMax: number): string[] {
  if (widthAt(document, name, 1.6 * unit) <= widthMax) return [name]
  const characters = [...name]
  const half = Math.ceil(characters.length / 2)
  return [characters.slice(0, half).join(''), characters.slice(half).join('')]
}

function fittingSize(document: Document, text: string, size: number, widthMax: number): number {
  const width = widthAt(document, text, size)
  return width <= widthMax ? size : (size * widthMax) / width
}

function widthAt(document: Document, text: string, size: number): number {
  return document.font(fontName).fontSize(size).widthOfString(text)
}

function drawText(
  document: Document,
  text: string,
  x: number,
  baseline: number,
  size: number,
  color: string,
  bold: boolean,
): void {
  document.font(fontName).fontSize(size).fillColor(color).strokeColor(color)
  if (bold) document.lineWidth(size * boldness).lineJoin('round')
  document.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic', fill: true, stroke: bold })
}
