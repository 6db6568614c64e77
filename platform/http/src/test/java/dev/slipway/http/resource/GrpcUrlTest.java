package dev.slipway.http.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrpcUrlTest {
  private record Facts(String grpcAddress, Map<String, String> settings) implements Platform {
    @Override
    public String version() {
      return "1";
    }

    @Override
    public Path home() {
      return Path.of("");
    }

    @Override
    public Path data() {
      return Path.of("");
    }

    @Override
    public URI publicUrl() {
      return URI.create("http://127.0.0.1:8080");
    }

    @Override
    public @Nullable String setting(String name) {
      return settings.get(name);
    }
  }

  private static @Nullable String url(String address, String... settings) {
    var known = settings.length == 0 ? Map.<String, String>of() : Map.of(settings[0], settings[1]);
    return GrpcUrl.of(new Facts(address, known));
  }

  @Test
  void aListenerOfItsOwnAddressIsTold() {
    assertThat(url("127.0.0.1:8081")).isEqualTo("http://127.0.0.1:8081");
    assertThat(url("[::1]:8081")).isEqualTo("http://[::1]:8081");
  }

  @Test
  void whatIsStatedCounts() {
    assertThat(url("0.0.0.0:8081", "slipway.public.grpc.url", "https://grpc.example.com"))
        .isEqualTo("https://grpc.example.com");
  }

  @Test
  void whereItCannotBeKnownNothingIsTold() {
    assertThat(url("0.0.0.0:8081")).isNull();
    assertThat(url("[::]:8081")).isNull();
    assertThat(url("127.0.0.1:8081", "slipway.public.url", "https://example.com"))
        .as("clients come another way")
        .isNull();
  }
}
