package dev.slipway.deployments.diagnosis;

import dev.slipway.deployments.diagnosis.Finding.Proof;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.diagnosis.Category;
import dev.slipway.deployments.store.diagnosis.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** All rules; the surest findings come first. */
public final class Rules {
  private static final Pattern LISTENS =
      Pattern.compile("(?i)listening (?:on|at)\\b.{0,60}?[: ](\\d{2,5})\\b(?!\\.)");

  private static final Rule PORT =
      rule(
          "port-mismatch",
          Category.CONFIG,
          Severity.ERROR,
          "The app listens on another port than it is asked on",
          "Let it listen on PORT, or set the app's port to the one that it listens on.",
          0.95,
          Set.of(StepKind.HEALTH),
          LISTENS.pattern());

  private static final Rule UNKNOWN =
      rule(
          "unknown",
          Category.UNKNOWN,
          Severity.ERROR,
          "No rule knows the cause",
          "Look at the log of the deployment around its last lines.",
          0.1,
          Set.of(),
          "");

  static final List<Rule> ALL =
      List.of(
          rule(
              "missing-env",
              Category.ENV,
              Severity.ERROR,
              "A variable that the app needs is not set",
              "Set the variable in the app's variables, and deploy again.",
              0.9,
              Set.of(),
              "environment variable\\W.{0,60}(?:not set|missing|required|undefined)|(?:missing|required|undefined) (?:required )?(?:environment variable|env var)|KeyError: '[A-Z][A-Z0-9_]{2,}'"),
          rule(
              "port-in-use",
              Category.RUNTIME,
              Severity.ERROR,
              "The port is taken",
              "Let the app listen on the port that it is told as PORT, once.",
              0.9,
              Set.of(),
              "EADDRINUSE|address already in use"),
          rule(
              "out-of-memory",
              Category.RESOURCE,
              Severity.CRITICAL,
              "It ran out of memory",
              "Give the app or its build more memory, or let it need less.",
              0.95,
              Set.of(),
              "OOMKilled|out of memory|OutOfMemoryError|Cannot allocate memory|exit (?:code|status):? 137"),
          rule(
              "disk-full",
              Category.RESOURCE,
              Severity.CRITICAL,
              "The server's disk is full",
              "Clean up images and logs on the server, or give it a larger disk.",
              0.95,
              Set.of(),
              "no space left on device|ENOSPC|disk quota exceeded"),
          rule(
              "image-pull",
              Category.IMAGE,
              Severity.ERROR,
              "The image can not be pulled",
              "Look at the image's name and tag, and at the registry's credentials.",
              0.9,
              Set.of(),
              "pull access denied|manifest unknown|manifest for .{1,200} not found|toomanyrequests|unauthorized: authentication required|no basic auth credentials|refuses the credentials|asks for credentials"),
          rule(
              "image-gone",
              Category.IMAGE,
              Severity.ERROR,
              "The image is not on the server any more",
              "Deploy the version anew from its source.",
              0.95,
              Set.of(StepKind.DEPLOY, StepKind.RELEASE),
              "No such image|is not on this server: the process runtime"),
          rule(
              "registry-away",
              Category.NETWORK,
              Severity.ERROR,
              "The image's registry does not answer",
              "Look whether the registry runs, and whether the server reaches it.",
              0.9,
              Set.of(),
              "the registry .{1,255} does not answer"),
          rule(
              "dependency-install",
              Category.DEPENDENCY,
              Severity.ERROR,
              "A dependency can not be installed",
              "Look at the lock file and the versions that it asks for.",
              0.85,
              Set.of(StepKind.BUILD),
              "npm (?:ERR!|error)|ERESOLVE|No matching distribution found|Could not resolve dependencies|unknown revision|failed to select a version"),
          rule(
              "module-missing",
              Category.DEPENDENCY,
              Severity.ERROR,
              "A module is missing at run time",
              "Add the module to the dependencies, not only to those of development.",
              0.85,
              Set.of(),
              "Cannot find module|ModuleNotFoundError|ClassNotFoundException|NoClassDefFoundError"),
          rule(
              "dns",
              Category.NETWORK,
              Severity.ERROR,
              "A host name can not be resolved",
              "Look at the name, and at the server's DNS.",
              0.85,
              Set.of(),
              "ENOTFOUND|name resolution|no such host|UnknownHostException|Could not resolve host"),
          rule(
              "connection-refused",
              Category.NETWORK,
              Severity.ERROR,
              "Something that the app needs does not answer",
              "Look whether it runs, and whether address and port are right.",
              0.75,
              Set.of(),
              "ECONNREFUSED|(?i:connection refused)"),
          rule(
              "tls",
              Category.NETWORK,
              Severity.ERROR,
              "A certificate is not trusted",
              "Add the authority to the image, or renew the certificate.",
              0.85,
              Set.of(),
              "certificate verify failed|x509: certificate|SELF_SIGNED_CERT|PKIX path building failed"),
          rule(
              "permission",
              Category.RUNTIME,
              Severity.ERROR,
              "The app may not do what it tries",
              "Give the app's user the right, or let it write elsewhere.",
              0.8,
              Set.of(),
              "EACCES|(?i:permission denied)(?! \\(publickey)|Operation not permitted"),
          rule(
              "release-hook",
              Category.RUNTIME,
              Severity.ERROR,
              "The release hook failed, and nothing of the new version was started",
              "Look at the last lines of its command; the version before goes on to serve.",
              0.7,
              Set.of(StepKind.RELEASE),
              "Release hook failed"),
          rule(
              "crash-loop",
              Category.RUNTIME,
              Severity.ERROR,
              "The app ends as soon as it has started",
              "Look at the app's last lines before it ended.",
              0.8,
              Set.of(),
              "(?i:crash loop|is restarting|exited with (?:code|status) [1-9]|exited \\([1-9]\\d{0,2}\\)|is not running)"),
          rule(
              "health-path",
              Category.HEALTH_CHECK,
              Severity.ERROR,
              "The health check's path is not there",
              "Set the health check's path to one that answers with 200.",
              0.85,
              Set.of(StepKind.HEALTH),
              "\\b404\\b"),
          rule(
              "health-timeout",
              Category.HEALTH_CHECK,
              Severity.ERROR,
              "The app does not answer the health check in time",
              "Look whether it listens on all interfaces and on its PORT, and how long it takes to start.",
              0.6,
              Set.of(StepKind.HEALTH),
              "health check failed after|timed out|no answer"),
          rule(
              "git-credentials",
              Category.CONFIG,
              Severity.ERROR,
              "The repository refuses the platform",
              "Look at the repository's address, and at its credentials or deploy key.",
              0.9,
              Set.of(StepKind.CLONE),
              "Authentication failed|could not read Username|Permission denied \\(publickey|(?i:repository not found)"),
          rule(
              "git-ref",
              Category.CONFIG,
              Severity.ERROR,
              "The branch or commit is not there",
              "Look at the branch's name, and whether the commit was pushed.",
              0.9,
              Set.of(StepKind.CLONE),
              "Remote branch .{1,200} not found|couldn't find remote ref|did not match any file|not our ref"),
          rule(
              "dockerfile-syntax",
              Category.BUILD,
              Severity.ERROR,
              "The Dockerfile is not valid",
              "Look at the line that the builder names.",
              0.95,
              Set.of(StepKind.BUILD),
              "(?i:dockerfile parse error|unknown instruction)"),
          rule(
              "copy-missing",
              Category.BUILD,
              Severity.ERROR,
              "The Dockerfile copies what is not there",
              "Look at the path, the root directory and .dockerignore.",
              0.85,
              Set.of(StepKind.BUILD),
              "failed to compute cache key|COPY failed|failed to calculate checksum"),
          rule(
              "command-missing",
              Category.CONFIG,
              Severity.ERROR,
              "A command is not there",
              "Look at the commands for build and start, and at what the image holds.",
              0.85,
              Set.of(),
              "command not found|executable file not found|exit (?:code|status):? 127|\\bnot found in \\$PATH"),
          rule(
              "architecture",
              Category.IMAGE,
              Severity.ERROR,
              "The image is made for another processor",
              "Build the image for the server's architecture.",
              0.95,
              Set.of(),
              "exec format error|no matching manifest for"),
          rule(
              "compile",
              Category.BUILD,
              Severity.ERROR,
              "The source does not compile",
              "Look at the place that the compiler names.",
              0.85,
              Set.of(StepKind.BUILD),
              "SyntaxError|IndentationError|error TS\\d+|COMPILATION ERROR|cannot find symbol|error\\[E\\d+\\]"),
          rule(
              "agent-lost",
              Category.NETWORK,
              Severity.CRITICAL,
              "The server's agent was not there",
              "Look at the agent's service and at the server's network.",
              0.9,
              Set.of(),
              "agent connection lost|agent of the server .{1,100} is offline|the agent reported no end in time"));

  private Rules() {}

  private static Rule rule(
      String name,
      Category category,
      Severity severity,
      String title,
      String suggestion,
      double confidence,
      Set<StepKind> steps,
      String words) {
    return new Rule(
        name, category, severity, title, suggestion, confidence, steps, Pattern.compile(words));
  }

  /** What the evidence tells; at least that nothing is known. */
  public static List<Finding> find(Evidence evidence) {
    var found = new ArrayList<Finding>();
    port(evidence).ifPresent(found::add);
    ALL.forEach(rule -> rule.of(evidence).ifPresent(found::add));
    if (found.isEmpty()) {
      found.add(UNKNOWN.finding(List.of(new Proof("event", Rule.cut(evidence.error())))));
    }
    found.sort(Comparator.comparingDouble(Finding::confidence).reversed());
    return found;
  }

  private static Optional<Finding> port(Evidence evidence) {
    if (evidence.step() != StepKind.HEALTH) {
      return Optional.empty();
    }
    return evidence.lines().stream()
        .filter(
            line -> {
              var port = LISTENS.matcher(line);
              return port.find() && Integer.parseInt(port.group(1)) != evidence.port();
            })
        .findFirst()
        .map(line -> PORT.finding(List.of(new Proof("log", Rule.cut(line)))));
  }
}
