package dev.slipway.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.tools.ToolProvider;

/** Programs for servers to run, compiled here: a compiler of their own costs a second of a core. */
public final class Compiled {
  private Compiled() {}

  /** Compiles a file of Java into a folder. */
  public static void into(Path classes, Path source) throws IOException {
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "no JDK");
    var to = Files.createDirectories(classes).toString();
    var arguments = new String[] {"-proc:none", "-cp", to, "-d", to, source.toString()};
    if (compiler.run(null, null, null, arguments) != 0) {
      throw new IOException(source + " does not compile");
    }
  }
}
