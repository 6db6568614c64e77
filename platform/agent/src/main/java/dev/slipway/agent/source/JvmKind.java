package dev.slipway.agent.source;

/** How programs of the usual frameworks on the JVM are started, and told where to listen. */
enum JvmKind {
  SPRING_BOOT("spring-boot", "org.springframework.boot"),
  QUARKUS("quarkus", "io.quarkus"),
  MICRONAUT("micronaut", "io.micronaut"),
  PLAIN("", "");

  private final String shown;
  private final String mark;

  JvmKind(String shown, String mark) {
    this.shown = shown;
    this.mark = mark;
  }

  static JvmKind of(String build) {
    for (var kind : values()) {
      if (build.contains(kind.mark)) {
        return kind;
      }
    }
    return PLAIN;
  }

  /** Its name, or that of the tool that builds it. */
  String name(String tool) {
    return this == PLAIN ? tool : shown;
  }

  /**
   * The command that starts it.
   *
   * @param output where the tool puts what it has built
   * @param jars below that
   */
  String start(String output, String jars) {
    return switch (this) {
      case SPRING_BOOT -> "java -jar " + output + jars + " --server.port=$PORT";
      case QUARKUS ->
          "java -Dquarkus.http.host=0.0.0.0 -Dquarkus.http.port=$PORT -jar "
              + output
              + "quarkus-app/quarkus-run.jar";
      case MICRONAUT -> "java -Dmicronaut.server.port=$PORT -jar " + output + jars;
      case PLAIN -> "java -jar " + output + jars;
    };
  }
}
