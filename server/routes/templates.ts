/** The API of templates: what one can start from, and what it looks like once filled. */
import { chooseLanguage } from "../pages/language.ts";
import { route, type Call, type Route } from "./route.ts";

const QUERY = { language: "The language of its labels: fr or en; that of the request unless told" };

const languageOf = ({ house, request, query }: Call<unknown, unknown, keyof typeof QUERY>) =>
  chooseLanguage(query.language, request.get("accept-language"), house.config.language);

export const TEMPLATES: readonly Route[] = [
  route(
    {
      method: "get",
      path: "/api/templates",
      summary: "The templates one can start from",
      query: QUERY,
      answer: "id, title, description, language and kind of each",
    },
    async (call) => {
      const offers = await call.house.gallery.list(languageOf(call));
      return offers.map(({ kept, ...offer }) => ({ ...offer, kind: kept ? "kept" : "file" }));
    },
  ),
  route(
    {
      method: "get",
      path: "/api/templates/{template}",
      summary: "A template and an example of minutes made from it",
      query: QUERY,
      answer: "the template and its example",
    },
    async (call) => {
      const { house, params } = call;
      const language = languageOf(call);
      return {
        template: await house.gallery.find(params["template"]!, language),
        example: await house.gallery.example(params["template"]!, language),
      };
    },
  ),
];
