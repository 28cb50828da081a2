// `npm run bench`.
