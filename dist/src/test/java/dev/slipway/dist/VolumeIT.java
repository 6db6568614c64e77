package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an app writes into a volume is there for its next version, and goes when it is told to. */
@ExtendWith(SharedNode.class)
class VolumeIT {
  private final Node node;
  private final Client client;

  VolumeIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
  }

  @Test
  void dataOutlivesVersions() throws Exception {
    var app =
        client.run("app", "create", "keeper", "-o", "json").ok().json().findValue("id").asText();
    var path = node.url() + "/api/apps/" + app;
    var wish = "{\"name\": \"data\", \"mount_path\": \"/src/data\"}";
    assertThat(Web.send("POST", path + "/volumes", client.headers(), wish).status()).isEqualTo(201);
    var sample = Sample.of(node, "keeper");
    client.deploy(sample.startAfter("echo one >> data/lines").folder()).ok();
    var second = Sample.of(node, "keeper").version("2");
    client.deploy(second.startAfter("echo two >> $VOLUME_DATA/lines").folder()).ok();
    var kept = kept();
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().resolve("lines")).hasContent("one\ntwo\n");

    var deleted = Web.send("DELETE", path + "?volumes=purge", client.headers(), "");
    assertThat(deleted.status()).isEqualTo(202);
    Await.until("it is gone", () -> kept().isEmpty());
  }

  private List<Path> kept() throws IOException {
    try (var all = Files.list(node.data().resolve("agent/data/volumes"))) {
      return all.toList();
    }
  }
}
