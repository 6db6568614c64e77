package dev.slipway.agent.source;

import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.Subprocess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clones one branch with the git of the host. git never sees a shell, the agent's configuration or
 * its environment; the token lies in a file that only the askpass script reads, and only for the
 * host of the URL, so that a redirect to another host gets nothing.
 */
public final class GitClone {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int MOST_COMPLAINTS = 3;

  /** What git says of a plain file server, which can only give a whole history. */
  private static final String NOT_SHALLOW = "does not support shallow capabilities";

  /** $1 is git's question, for example {@code Password for 'https://x-access-token@host': }. */
  private static final String ASKPASS =
      """
      #!/bin/sh
      host=$(cat "$SLIPWAY_ASKPASS/host") || exit 1
      case "$1" in
        *"://$host': "*|*"@$host': "*) ;;
        *) exit 1 ;;
      esac
      case "$1" in
        Username*) echo x-access-token ;;
        *) cat "$SLIPWAY_ASKPASS/token" ;;
      esac
      """;

  private final CloneFolders clones;
  private final boolean fileUrlsAllowed;

  public GitClone(CloneFolders clones, boolean fileUrlsAllowed) {
    this.clones = clones;
    this.fileUrlsAllowed = fileUrlsAllowed;
  }

  /** A step of git that did not succeed; the message is git's last line. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param token may be empty
   * @return the folder with the tree checked out; the caller deletes it
   */
  public Path clone(GitSource source, String token, LineSink progress)
      throws Failed, IOException, InterruptedException {
    var secrets = new ArrayList<String>();
    secrets.add(token);
    source.embeddedCredentials().ifPresent(secrets::add);
    var masking = Masking.of(secrets);
    LineSink masked = line -> progress.line(masking.apply(line));
    var folder = clones.create();
    var askpass = clones.aside(folder);
    boolean done = false;
    try {
      var git = new Git(folder, environment(source, token, askpass), masked);
      fetch(git, source);
      done = true;
      return folder;
    } finally {
      FileTree.delete(askpass);
      if (!done) {
        clones.remove(folder.toString());
      }
    }
  }

  private void fetch(Git git, GitSource source) throws Failed, IOException, InterruptedException {
    git.run("init", "--quiet");
    git.run("remote", "add", "--", "origin", source.url());
    var branch = "refs/heads/" + source.branch();
    var tip = "+" + branch + ":refs/remotes/origin/tip";
    try {
      git.run("fetch", "--no-tags", "--depth=1", "origin", "--", tip);
    } catch (Failed failed) {
      if (!failed.getMessage().contains(NOT_SHALLOW)) {
        throw failed;
      }
      git.run("fetch", "--no-tags", "origin", "--", tip);
    }
    var wanted = source.commit();
    if (!wanted.isEmpty() && !git.succeeds("cat-file", "-e", wanted + "^{commit}")) {
      fetchCommit(git, branch, wanted);
    }
    var target = wanted.isEmpty() ? "refs/remotes/origin/tip" : wanted;
    git.run("checkout", "--quiet", "--detach", target, "--");
    git.progress().line("checked out " + git.output("rev-parse", "HEAD"));
  }

  /**
   * Asks for the commit itself, which not every server grants, else for the branch's whole history.
   */
  private static void fetchCommit(Git git, String branch, String commit)
      throws Failed, IOException, InterruptedException {
    if (git.succeeds("fetch", "--no-tags", "--depth=1", "origin", "--", commit)) {
      return;
    }
    git.run(
        "fetch",
        "--no-tags",
        "--unshallow",
        "origin",
        "--",
        "+" + branch + ":refs/remotes/origin/tip");
    if (!git.succeeds("cat-file", "-e", commit + "^{commit}")) {
      throw new Failed("the branch does not contain commit " + commit);
    }
  }

  private Map<String, String> environment(GitSource source, String token, Path askpass)
      throws IOException {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    // The user's home holds the ssh keys; git's own settings there are not read.
    environment.put("HOME", System.getProperty("user.home"));
    environment.put("LANG", "C.UTF-8");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_ALLOW_PROTOCOL", "https:http:ssh:git" + (fileUrlsAllowed ? ":file" : ""));
    environment.put("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new");
    environment.put("GIT_LFS_SKIP_SMUDGE", "1");
    var host = source.passwordPrompt();
    if (!token.isEmpty() && host.isPresent()) {
      var script = askpass.resolve("askpass");
      Files.writeString(script, ASKPASS);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      AtomicFile.write(askpass.resolve("token"), token.getBytes(StandardCharsets.UTF_8));
      AtomicFile.write(askpass.resolve("host"), host.get().getBytes(StandardCharsets.UTF_8));
      environment.put("SLIPWAY_ASKPASS", askpass.toString());
      environment.put("GIT_ASKPASS", script.toString());
    } else {
      environment.put("GIT_ASKPASS", "/bin/false");
    }
    return environment;
  }

  /**
   * git in one folder. Hooks, file system monitors and credential helpers of any origin are off.
   */
  private record Git(Path folder, Map<String, String> environment, LineSink progress) {
    private static final List<String> PRELUDE =
        List.of(
            "git",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "credential.helper=",
            "-c",
            "gc.auto=0",
            "-c",
            "advice.detachedHead=false",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "safe.directory=*");

    /** Its last line often says no more than that it failed; what failed stands before that. */
    void run(String... words) throws Failed, IOException, InterruptedException {
      var last = new AtomicReference<>("");
      var complaints = new ConcurrentLinkedDeque<String>();
      int code =
          execute(
              List.of(words),
              line -> {
                last.set(line);
                if (line.startsWith("fatal: ")) {
                  complaints.add(line);
                }
                if (complaints.size() > MOST_COMPLAINTS) {
                  complaints.poll();
                }
                progress.line(line);
              });
      if (code != 0) {
        var why = complaints.isEmpty() ? last.get() : String.join(" | ", complaints);
        throw new Failed("git " + words[0] + " failed (exit " + code + "): " + why);
      }
    }

    boolean succeeds(String... words) throws Failed, IOException, InterruptedException {
      return execute(List.of(words), line -> {}) == 0;
    }

    String output(String... words) throws Failed, IOException, InterruptedException {
      var last = new AtomicReference<>("");
      execute(List.of(words), last::set);
      return last.get();
    }

    private int execute(List<String> words, LineSink lines)
        throws Failed, IOException, InterruptedException {
      var argv = new ArrayList<>(PRELUDE);
      argv.addAll(words);
      try {
        return new Subprocess(argv, environment, folder, LIMIT).run(lines);
      } catch (TimeoutException e) {
        throw new Failed("git " + words.getFirst() + " took longer than 10 minutes");
      }
    }
  }
}
