package dev.slipway.http.stream;

import dev.slipway.api.CommonError;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.http.request.Exchange;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Notes that an answer is a switch of protocols; whoever handles the request does it. */
public final class SocketWriter implements MessageBodyWriter<WebSocket> {
  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return type == WebSocket.class;
  }

  @Override
  public void writeTo(
      WebSocket socket,
      Class<?> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {
    if (!Exchange.current().switchTo(socket)) {
      throw CommonError.INVALID.at("Upgrade", "ask for a WebSocket");
    }
  }
}
