package dev.slipway.agent.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who an image registry is told that asks for an image.
 *
 * @param host with its port where it is not the usual one, such as {@code registry.example.com}
 */
public record RegistryLogin(String host, String username, String password) {
  /** Where images without a registry in their name come from. */
  public static final String USUAL = "docker.io";

  /** The registry that an image's name leads to. */
  public static String registryOf(String image) {
    int slash = image.indexOf('/');
    var first = slash < 0 ? "" : image.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
    return named ? first : USUAL;
  }

  /** The one for an image's registry. */
  public static Optional<RegistryLogin> of(String image, List<RegistryLogin> logins) {
    var registry = registryOf(image);
    return logins.stream().filter(login -> login.host().equals(registry)).findFirst();
  }

  /** What must stand in no line of output: passwords, also as basic authentication has them. */
  public static List<String> secrets(Collection<RegistryLogin> logins) {
    return logins.stream()
        .flatMap(login -> Stream.of(login.password(), login.username() + ":" + login.password()))
        .toList();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RegistryLogin[" + username + " at " + host + "]";
  }
}
