package dev.slipway.http;

import dev.slipway.api.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty refuses before it is a request for us (bad framing, headers too large), in the
 * platform's error form.
 */
final class PlainErrors implements Request.Handler {
  private final String version;

  PlainErrors(String version) {
    this.version = version;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var status = response.getStatus() < 400 ? 500 : response.getStatus();
    response.setStatus(status);
    var title = HttpStatus.getMessage(status);
    var code = status >= 500 ? "platform.internal" : "request.invalid";
    var headers = response.getHeaders();
    var id = headers.get("X-Request-ID");
    var requestId = id == null ? Ids.next().toString() : id;
    headers.put("X-Request-ID", requestId);
    headers.put("X-API-Version", version);
    headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    // Only our own constants and the standard's phrases go in: nothing of the request needs
    // escaping.
    var body =
        """
        {"type":"/api/docs#error-%s","title":"%s","status":%d,"detail":"%s","error":"%s",\
        "code":"%s","errors":[],"request_id":"%s"}"""
            .formatted(code, title, status, title, title, code, requestId);
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
