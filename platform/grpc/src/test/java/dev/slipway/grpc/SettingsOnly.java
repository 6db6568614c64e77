package dev.slipway.grpc;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of which only its settings matter. */
record SettingsOnly(Map<String, String> settings) implements Platform {
  @Override
  public @Nullable String setting(String name) {
    return settings.get(name);
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public Path home() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path data() {
    throw new UnsupportedOperationException();
  }

  @Override
  public URI publicUrl() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String grpcAddress() {
    throw new UnsupportedOperationException();
  }
}
