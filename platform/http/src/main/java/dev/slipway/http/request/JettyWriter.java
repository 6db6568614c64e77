package dev.slipway.http.request;

import dev.slipway.api.rest.Sse;
import dev.slipway.api.rest.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.glassfish.jersey.server.ContainerException;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Jersey's answer to Jetty. Requests are served on one thread from start to end, so nothing
 * is ever suspended.
 */
final class JettyWriter implements ContainerResponseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(JettyWriter.class);

  private final Response response;
  private final Callback callback;
  private final LimitedInput input;
  private @Nullable OutputStream body;

  JettyWriter(Response response, Callback callback, LimitedInput input) {
    this.response = response;
    this.callback = callback;
    this.input = input;
  }

  @Override
  public OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse answer)
      throws ContainerException {
    if (Exchange.current().socket() != null) {
      // The switch of protocols is the answer.
      return OutputStream.nullOutputStream();
    }
    if (answer.getStatus() >= 400) {
      // A client that is still sending would see a broken connection instead of the refusal.
      input.discard();
    }
    response.setStatus(answer.getStatus());
    var headers = response.getHeaders();
    answer
        .getStringHeaders()
        .forEach(
            (name, values) -> {
              headers.remove(name);
              values.forEach(value -> headers.add(name, value));
            });
    if (length >= 0) {
      headers.put(HttpHeader.CONTENT_LENGTH, length);
    }
    var out = Content.Sink.asOutputStream(response);
    body = out;
    return out;
  }

  @Override
  public boolean suspend(long timeOut, TimeUnit unit, TimeoutHandler handler) {
    throw new IllegalStateException("resources answer on the request's own thread");
  }

  @Override
  public void setSuspendTimeout(long timeOut, TimeUnit unit) {
    throw new IllegalStateException("resources answer on the request's own thread");
  }

  @Override
  public void commit() {
    if (Exchange.current().socket() != null) {
      return;
    }
    try {
      if (body != null) {
        body.close();
      }
      callback.succeeded();
    } catch (IOException gone) {
      callback.failed(gone);
    }
  }

  @Override
  public void failure(Throwable failure) {
    if (response.isCommitted()) {
      // The client went away, or will see a cut-off body: there is nothing left to tell it.
      LOG.debug("answer broken off", failure);
    } else {
      LOG.error("request failed outside of any mapper", failure);
      response.setStatus(500);
    }
    callback.failed(failure);
  }

  /**
   * Values are gathered so that they get a length; streams must reach the client as they are
   * written.
   */
  @Override
  public boolean enableResponseBuffering() {
    var bound = Exchange.current().bound();
    return bound == null
        || Record.class.isAssignableFrom(bound.route().method().getReturnType())
            && bound.route().method().getReturnType() != Sse.class
            && bound.route().method().getReturnType() != WebSocket.class;
  }
}
