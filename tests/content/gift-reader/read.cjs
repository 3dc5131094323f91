// Prints the questions of each GIFT text on standard input (a JSON list) as JSON.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const gift = createRequire(process.argv[2])("gift-pegjs");
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => gift.parse(text))));
