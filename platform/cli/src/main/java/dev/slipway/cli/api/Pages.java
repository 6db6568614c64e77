package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Reads a list that the platform gives page by page. */
final class Pages {
  private static final int PAGE = 200;

  private Pages() {}

  /** The first {@code limit} elements of {@code field}. */
  static ArrayNode read(ApiClient client, ApiRequest request, String field, int limit) {
    var all = JsonNodeFactory.instance.arrayNode();
    while (all.size() < limit) {
      var size = Math.min(PAGE, limit - all.size());
      var answer = client.call(request.query("limit", size).query("offset", all.size()));
      var page = answer.path(field);
      page.forEach(all::add);
      if (page.size() < size || all.size() >= answer.path("total").asInt(Integer.MAX_VALUE)) {
        break;
      }
    }
    return all;
  }
}
