// Every page at a desk, 1440 px wide.
import { DESK, examineEveryPage } from "./lib/every-page.mjs";

examineEveryPage(DESK);
