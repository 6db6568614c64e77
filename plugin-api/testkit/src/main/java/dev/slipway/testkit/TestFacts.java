package dev.slipway.testkit;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Facts of a platform under test; settings can be set by the test. */
@ProviderType
public final class TestFacts implements Platform {
  private final Path folder;
  private final Map<String, String> settings = new ConcurrentHashMap<>();
  private volatile URI publicUrl = URI.create("http://127.0.0.1:1");

  TestFacts(Path folder) {
    this.folder = folder;
  }

  /** Sets what {@link #setting} answers. */
  public void set(String name, String value) {
    settings.put(name, value);
  }

  void publicUrl(URI url) {
    publicUrl = url;
  }

  @Override
  public String version() {
    return "0.0.0-test";
  }

  @Override
  public Path home() {
    return folder.resolve("home");
  }

  @Override
  public Path data() {
    return folder.resolve("data");
  }

  @Override
  public URI publicUrl() {
    return publicUrl;
  }

  @Override
  public String grpcAddress() {
    return "127.0.0.1:1";
  }

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name);
  }
}
