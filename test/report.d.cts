import { reporters } from "mocha";
declare class Report extends reporters.Spec {}
export = Report;
