package dev.slipway.http.request;

import dev.slipway.api.rest.Sse;
import dev.slipway.api.rest.Versioned;
import dev.slipway.http.limit.RateLimits;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

/** Gives an answer the status, media type and ETag that follow from its operation. */
public final class AnswerFilter implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    var exchange = Exchange.current();
    var bound = exchange.bound();
    var usage = exchange.usage();
    if (usage != null) {
      limited(response, usage);
    }
    if (bound != null && response.getStatus() == 200) {
      response.setStatus(bound.route().status());
    }
    var entity = response.getEntity();
    if (entity == null || entity instanceof StreamingOutput) {
      return;
    }
    var headers = response.getHeaders();
    if (entity instanceof Sse) {
      headers.putSingle(HttpHeaders.CONTENT_TYPE, "text/event-stream");
      headers.putSingle("X-Accel-Buffering", "no");
    } else if (entity instanceof Record || entity instanceof java.util.Map) {
      if (response.getStatus() < 400) {
        headers.putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
      }
    }
    if (entity instanceof Versioned versioned) {
      tag(request, response, "\"" + versioned.etag() + "\"");
    }
  }

  private static void limited(ContainerResponseContext response, RateLimits.Usage usage) {
    var headers = response.getHeaders();
    headers.putSingle("X-RateLimit-Limit", usage.calls());
    headers.putSingle("X-RateLimit-Remaining", usage.remaining());
    headers.putSingle("X-RateLimit-Reset", usage.reset().toSeconds() + 1);
  }

  private static void tag(
      ContainerRequestContext request, ContainerResponseContext response, String tag) {
    response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    var known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (known != null && request.getMethod().equals("GET") && known.contains(tag)) {
      response.setEntity(null);
      response.setStatus(304);
    }
  }
}
