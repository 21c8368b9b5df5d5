// PostGraphile as its documentation sets it up for production: `node peer.mjs`, told by the environment how
// many processes (`PEER_WORKERS`) serve which database (`PEER_DATABASE`) with how many connections each.
import cluster from "node:cluster";
import { once } from "node:events";
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";

const { PEER_DATABASE, PEER_WORKERS = "1", PEER_POOL = "10" } = process.env;

/** No development aids; answers are put together as text; parsed documents and plans are cached by default. */
const preset = {
  extends: [PostGraphileAmberPreset],
  // Columns without an index may be asked for as well; the tables in question are small.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [
    makePgService({
      connectionString: PEER_DATABASE,
      schemas: ["public", "peers"],
      poolConfig: { max: Number(PEER_POOL) },
    }),
  ],
  grafast: { explain: false },
  grafserv: {
    graphiql: false,
    watch: false,
    websockets: false,
    outputDataAsString: true,
    graphqlPath: "/graphql",
  },
};

/** Among several processes port 0 is the same free one for all. */
async function serve() {
  const server = createServer();
  const peer = postgraphile(preset);
  await peer.createServ(grafserv).addTo(server);
  await peer.getSchemaResult();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

/** The first process only begins the others, which share one port; when all listen it says where. */
async function serveTogether(count) {
  const workers = Array.from({ length: count }, () => cluster.fork());
  const listening = await Promise.all(workers.map((worker) => once(worker, "listening")));
  cluster.on("exit", () => process.exit(1));
  console.log(`http://127.0.0.1:${listening[0][0].port}`);
}

process.on("SIGTERM", () => process.exit(0));
if (cluster.isPrimary && Number(PEER_WORKERS) > 1) {
  await serveTogether(Number(PEER_WORKERS));
} else {
  process.on("disconnect", () => process.exit(0));
  const port = await serve();
  if (cluster.isPrimary) console.log(`http://127.0.0.1:${port}`);
}
