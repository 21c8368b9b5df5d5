// Every page at a phone, 390 px wide, and at 320 px, which is 400 % of a desk.
import { HAND, examineEveryPage } from "./lib/every-page.mjs";

examineEveryPage(HAND);
