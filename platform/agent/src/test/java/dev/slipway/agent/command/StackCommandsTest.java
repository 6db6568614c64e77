package dev.slipway.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.agent.runtime.StackOrder.Resolve;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackCommandsTest {
  private static final String FILE = "services: {web: {image: a}}\n#";
  private static final int MEBIBYTE = 1 << 20;

  private static Payload payload(String key, Object value) throws CommandFailure {
    var payload =
        new HashMap<String, Object>(Map.of("stack_name", "shop", "compose_content", FILE));
    payload.put(key, value);
    return Payload.parse(Json.text(payload));
  }

  private static void refuses(String key, Object value, String reason) throws Exception {
    var payload = payload(key, value);
    assertThatThrownBy(() -> StackCommands.order(payload))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(reason);
  }

  private static Map<String, String> files(int count, int size) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "file-" + i, i -> "x".repeat(size)));
  }

  @Test
  void takesTheContractsDefaults() throws Exception {
    var order = StackCommands.order(payload("unknown", 1));
    assertThat(order.name()).isEqualTo("shop");
    assertThat(order.file().services()).containsOnlyKeys("web");
    assertThat(order.prune()).isFalse();
    assertThat(order.detach()).isFalse();
    assertThat(order.resolve()).isEqualTo(Resolve.ALWAYS);
  }

  @ParameterizedTest
  @CsvSource({"always,ALWAYS", "changed,CHANGED", "never,NEVER"})
  void knowsWhenARegistryIsAsked(String word, Resolve resolve) throws Exception {
    assertThat(StackCommands.order(payload("resolve_image", word)).resolve()).isEqualTo(resolve);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "-shop", "_shop", "a b", "a.b", "../a", "a/b"})
  void refusesOddNames(String name) throws Exception {
    refuses("stack_name", name, "invalid payload: stack_name is");
  }

  @Test
  void boundsNames() throws Exception {
    assertThat(StackCommands.order(payload("stack_name", "a".repeat(64))).name()).hasSize(64);
    refuses("stack_name", "a".repeat(65), "stack_name is not a name");
  }

  @Test
  void boundsTheFile() throws Exception {
    var most = FILE + "x".repeat(MEBIBYTE - FILE.length());
    assertThat(StackCommands.order(payload("compose_content", most)).file().services()).hasSize(1);
    refuses("compose_content", most + "x", "compose_content is larger than 1 MiB");
    refuses("compose_content", FILE + "ü".repeat(MEBIBYTE / 2), "compose_content is larger");
    refuses("compose_content", "", "compose_content is required");
    refuses("compose_content", "a: b", "the Compose file is not accepted: services: must be 1 to");
    refuses(
        "compose_content",
        "services: {web: {image: a, privileged: true}}",
        "services.web.privileged");
  }

  @Test
  void boundsTheOtherFiles() throws Exception {
    StackCommands.order(payload("extra_files", files(64, 1)));
    refuses("extra_files", files(65, 1), "extra_files has more than 64 files");
    StackCommands.order(payload("extra_files", files(5, MEBIBYTE)));
    refuses("extra_files", files(1, MEBIBYTE + 1), "extra_files is larger than 1 MiB");
    refuses("extra_files", files(6, MEBIBYTE - 1), "extra_files is larger than 5 MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "../a", "a/../b", "a/./b", "a//b", "a\\b", "a\nb", "a/"})
  void refusesPathsThatLeadElsewhere(String path) throws Exception {
    refuses("extra_files", Map.of(path, "x"), "extra_files has a path that leads out");
  }

  @Test
  void refusesOtherWordsAndTypes() throws Exception {
    refuses("resolve_image", "sometimes", "resolve_image is none of always, changed and never");
    refuses("prune", "yes", "prune is not true or false");
    refuses("detach", 1, "detach is not true or false");
    refuses("extra_files", "x", "extra_files is not an object of texts");
  }
}
