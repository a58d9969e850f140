// A system of an agency that takes security event tokens (RFC 8417) by HTTP (RFC 8935), made of a stock JOSE
// library alone. It prints one line a token, and answers as the RFC says.
//
//   node receiver.mjs KEYS AUDIENCE PORT [BUSY]
//
// KEYS: a file with the agency's registry entry. PORT: 0 picks one. BUSY: how many posts are answered 503 first.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createLocalJWKSet, jwtVerify } from "jose";

const [keys, audience, port, busy] = process.argv.slice(2);
const { id: issuer, jwks } = JSON.parse(readFileSync(keys, "utf8"));
const known = createLocalJWKSet({ keys: jwks.keys.filter((key) => key.use !== "enc") });
let unavailable = Number(busy ?? 0);

async function check(token) {
  const { payload } = await jwtVerify(token, known, {
    issuer,
    audience,
    typ: "secevent+jwt",
    algorithms: ["EdDSA", "Ed25519"],
    requiredClaims: ["jti", "iat", "events"],
  });
  const [[uri, event], ...others] = Object.entries(payload.events);
  if (others.length > 0) throw new Error("more than one event");
  return { jti: payload.jti, uri, event };
}

function text(request) {
  return new Promise((done, fail) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => done(body));
    request.on("error", fail);
  });
}

const server = createServer(async (request, response) => {
  const token = await text(request);
  if (unavailable > 0) {
    unavailable -= 1;
    response.writeHead(503).end();
    return;
  }
  if (request.method !== "POST" || request.headers["content-type"] !== "application/secevent+jwt") {
    response.writeHead(415).end();
    return;
  }
  try {
    console.log(JSON.stringify(await check(token)));
    response.writeHead(202).end();
  } catch (error) {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ err: "authentication_failed", description: String(error.message) }));
  }
});

server.listen(Number(port), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/events`);
});
