package dev.slipway.cli.deploy;

import dev.slipway.cli.output.CliException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * The .gitignore files from the packed folder down to one directory. The deepest one that says
 * anything about a path decides, as in git; those above the packed folder have no say.
 */
final class IgnoreRules {
  private static final String NAME = ".gitignore";
  private static final int MAX_BYTES = 1 << 20;

  private final @Nullable IgnoreRules parent;
  private final String prefix;
  private final IgnoreNode node;

  private IgnoreRules(@Nullable IgnoreRules parent, String prefix, IgnoreNode node) {
    this.parent = parent;
    this.prefix = prefix;
    this.node = node;
  }

  static IgnoreRules root(Path folder) throws IOException {
    return new IgnoreRules(null, "", read(folder));
  }

  /** The rules inside the directory {@code name}. */
  IgnoreRules enter(Path directory, String name) throws IOException {
    return new IgnoreRules(this, name + "/", read(directory));
  }

  /** {@code path} is relative to the directory of these rules, with slashes. */
  boolean ignores(String path, boolean directory) {
    var decision = node.checkIgnored(path, directory);
    if (decision != null) {
      return decision;
    }
    return parent != null && parent.ignores(prefix + path, directory);
  }

  /** A link is not read, as git does not read one: it could lead anywhere. */
  private static IgnoreNode read(Path directory) throws IOException {
    var node = new IgnoreNode();
    var file = directory.resolve(NAME);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.size(file) > MAX_BYTES) {
        throw CliException.failed(file + " is larger than 1 MiB");
      }
      node.parse(file.toString(), new ByteArrayInputStream(Files.readAllBytes(file)));
    }
    return node;
  }
}
