package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;

/** Knows the apps of one language. */
interface FrameworkRule {
  /** Empty where the tree is none of them. */
  Optional<Framework> look(SourceTree tree) throws IOException;

  /** The files that it looks for, for whoever wonders why nothing was found. */
  String lookedFor();
}
