package dev.slipway.deployments.service.build;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names for releases that people can say, such as {@code amber-otter-42}. */
final class ReleaseNames {
  private static final List<String> COLOURS =
      List.of(
          "amber", "azure", "brisk", "bright", "calm", "clear", "coral", "crisp", "dawn", "eager",
          "early", "fair", "fleet", "fresh", "gentle", "golden", "grand", "green", "happy",
          "indigo", "ivory", "jade", "keen", "kind", "lively", "lucky", "lunar", "mellow", "merry",
          "misty", "noble", "olive", "pearl", "plain", "proud", "quick", "quiet", "rapid", "rosy",
          "royal", "ruby", "rustic", "sage", "sandy", "silver", "sunny", "swift", "teal", "tidy",
          "vivid");
  private static final List<String> ANIMALS =
      List.of(
          "badger", "bear", "beaver", "bison", "crane", "crow", "deer", "dolphin", "dove", "eagle",
          "falcon", "ferret", "finch", "fox", "gecko", "goose", "hare", "hawk", "heron", "ibis",
          "jay", "koala", "lark", "lemur", "lion", "lynx", "marten", "mole", "moose", "newt",
          "orca", "osprey", "otter", "owl", "panda", "puffin", "quail", "raven", "robin", "salmon",
          "seal", "shark", "sparrow", "stork", "swan", "tern", "tiger", "trout", "whale", "wolf");
  private static final int NUMBERS = 10_000;

  private ReleaseNames() {}

  /** One of 25 million. */
  static String next(RandomGenerator random) {
    return pick(COLOURS, random) + "-" + pick(ANIMALS, random) + "-" + random.nextInt(1, NUMBERS);
  }

  private static String pick(List<String> words, RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }
}
