package dev.slipway.deployments.page;

import dev.slipway.api.PageRequest;
import dev.slipway.apps.AppStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the list of apps is asked for.
 *
 * @param search empty for all
 * @param status null for any
 */
public record AppsQuery(String search, @Nullable AppStatus status, PageRequest page) {
  /** Whether any app fits. */
  public boolean isEmpty() {
    return search.isEmpty() && status == null;
  }

  /** The number of the first app shown, from 1. */
  public int first() {
    return page.offset() + 1;
  }

  /** Where the part before this one is. */
  public String before() {
    return at(Math.max(0, page.offset() - page.limit()));
  }

  /** Where the part behind this one is. */
  public String after() {
    return at(page.offset() + page.limit());
  }

  private String at(int offset) {
    var of = status == null ? "" : status.name().toLowerCase(Locale.ROOT);
    return "/console/apps?search=%s&status=%s&limit=%d&offset=%d"
        .formatted(URLEncoder.encode(search, StandardCharsets.UTF_8), of, page.limit(), offset);
  }
}
