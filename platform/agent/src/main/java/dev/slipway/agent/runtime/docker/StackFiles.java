package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.model.SecretSpec;
import com.github.dockerjava.api.model.ServiceSpec;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configs, or the secrets, of stacks. A swarm changes none that it has: one with another text
 * gets another name, so that a service comes back to the text that it had.
 */
final class StackFiles {
  private static final int OF_HASH = 10;

  private final Store store;

  /**
   * @param name in the swarm
   */
  record Kept(String name, String id) {}

  private interface Store {
    List<Kept> all(String stack) throws RuntimeRefusal, IOException;

    String create(String stack, String name, String text) throws RuntimeRefusal, IOException;

    void remove(String id) throws RuntimeRefusal, IOException;

    Stream<String> usedBy(ServiceSpec spec);
  }

  private StackFiles(Store store) {
    this.store = store;
  }

  /**
   * Has the swarm keep texts.
   *
   * @param texts by their names in the file
   */
  Map<String, Kept> keep(String stack, Map<String, String> texts)
      throws RuntimeRefusal, IOException {
    var there =
        store.all(stack).stream().collect(Collectors.toMap(Kept::name, Kept::id, (a, b) -> a));
    var kept = new LinkedHashMap<String, Kept>();
    for (var text : texts.entrySet()) {
      var name = StackPlan.name(stack, text.getKey()) + "-" + hash(text.getValue());
      var id = there.get(name);
      kept.put(
          text.getKey(),
          new Kept(name, id == null ? store.create(stack, name, text.getValue()) : id));
    }
    return kept;
  }

  /** Removes those of a stack that none of its services, as they are or were before, names. */
  void removeUnused(String stack, Collection<ServiceSpec> specs)
      throws RuntimeRefusal, IOException {
    Set<String> used = specs.stream().flatMap(store::usedBy).collect(Collectors.toSet());
    for (var file : store.all(stack)) {
      if (!used.contains(file.id())) {
        store.remove(file.id());
      }
    }
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, OF_HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static StackFiles configs(DockerEngine engine) {
    return new StackFiles(
        new Store() {
          @Override
          public List<Kept> all(String stack) throws RuntimeRefusal, IOException {
            var labels = Map.of("label", List.of(StackPlan.STACK + "=" + stack));
            return engine
                .call(() -> engine.calls().listConfigsCmd().withFilters(labels).exec())
                .stream()
                .map(config -> new Kept(config.getSpec().getName(), config.getId()))
                .toList();
          }

          @Override
          public String create(String stack, String name, String text)
              throws RuntimeRefusal, IOException {
            return engine.call(
                () ->
                    engine
                        .calls()
                        .createConfigCmd()
                        .withName(name)
                        .withData(text.getBytes(StandardCharsets.UTF_8))
                        .withLabels(StackPlan.labels(stack))
                        .exec()
                        .getId());
          }

          @Override
          public void remove(String id) throws RuntimeRefusal, IOException {
            engine.call(() -> engine.calls().removeConfigCmd(id).exec());
          }

          @Override
          public Stream<String> usedBy(ServiceSpec spec) {
            var configs = spec.getTaskTemplate().getContainerSpec().getConfigs();
            return configs == null ? Stream.of() : configs.stream().map(c -> c.getConfigID());
          }
        });
  }

  static StackFiles secrets(DockerEngine engine) {
    return new StackFiles(
        new Store() {
          @Override
          public List<Kept> all(String stack) throws RuntimeRefusal, IOException {
            var labels = Map.of(StackPlan.STACK, stack);
            return engine
                .call(() -> engine.calls().listSecretsCmd().withLabelFilter(labels).exec())
                .stream()
                .map(secret -> new Kept(secret.getSpec().getName(), secret.getId()))
                .toList();
          }

          @Override
          public String create(String stack, String name, String text)
              throws RuntimeRefusal, IOException {
            var spec =
                new SecretSpec().withName(name).withData(text).withLabels(StackPlan.labels(stack));
            return engine.call(() -> engine.calls().createSecretCmd(spec).exec().getId());
          }

          @Override
          public void remove(String id) throws RuntimeRefusal, IOException {
            engine.call(() -> engine.calls().removeSecretCmd(id).exec());
          }

          @Override
          public Stream<String> usedBy(ServiceSpec spec) {
            var secrets = spec.getTaskTemplate().getContainerSpec().getSecrets();
            return secrets == null ? Stream.of() : secrets.stream().map(s -> s.getSecretId());
          }
        });
  }
}
