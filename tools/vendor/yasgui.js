// The two halves of YASGUI: the editor (YASQE) and what shows results (YASR); its tabs and its choice of endpoints are
// left out, since there is one endpoint here.
export { default as Yasqe } from "@zazuko/yasqe";
export { default as Yasr } from "@zazuko/yasr";
