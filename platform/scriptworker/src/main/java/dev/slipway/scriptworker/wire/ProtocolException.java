package dev.slipway.scriptworker.wire;

import java.io.IOException;

/** The other side does not keep to the protocol; nothing more can be read from it. */
public final class ProtocolException extends IOException {
  ProtocolException(String message) {
    super(message);
  }
}
