package dev.slipway.agent.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to clone, checked so that no part of it can be read as an option, a revision expression or a
 * transport that runs commands.
 *
 * @param commit full id in hex, or empty for the head of the branch
 */
public record GitSource(String url, String branch, String commit) {
  private static final int MAX_URL = 2048;
  private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git");
  private static final Pattern SCP_LIKE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9_~./+-]+");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
  private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+@#=-]{0,243}");

  public GitSource {
    if (!COMMIT.matcher(commit).matches() && !commit.isEmpty()) {
      throw new IllegalArgumentException("commit_sha is not a full commit id");
    }
    if (!isBranch(branch)) {
      throw new IllegalArgumentException("branch is not a branch name");
    }
  }

  /**
   * @param filesAllowed whether {@code file://} URLs of this host may be cloned
   */
  public static GitSource of(String url, String branch, String commit, boolean filesAllowed) {
    if (url.length() > MAX_URL || url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("repo_url is not a URL");
    }
    if (!SCP_LIKE.matcher(url).matches()) {
      checkUrl(url, filesAllowed);
    }
    return new GitSource(url, branch, commit);
  }

  private static void checkUrl(String url, boolean filesAllowed) {
    var parsed = parse(url);
    var scheme = parsed.getScheme() == null ? "" : parsed.getScheme();
    if (scheme.equals("file")) {
      if (!filesAllowed || parsed.getAuthority() != null || parsed.getPath() == null) {
        throw new IllegalArgumentException("repo_url: file URLs are not allowed here");
      }
      return;
    }
    if (!SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException("repo_url: only https, http, ssh and git are cloned from");
    }
    if (parsed.getHost() == null || parsed.getHost().startsWith("-")) {
      throw new IllegalArgumentException("repo_url has no host");
    }
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("repo_url is not a URL");
    }
  }

  /** The rules of git-check-ref-format that a pattern alone does not hold. */
  private static boolean isBranch(String name) {
    return BRANCH.matcher(name).matches()
        && !name.contains("..")
        && !name.contains("//")
        && !name.contains("@{")
        && !name.contains("/.")
        && !name.endsWith("/")
        && !name.endsWith(".")
        && !name.endsWith(".lock")
        && !name.contains(".lock/");
  }

  /**
   * {@code host[:port]} as git prints it when it asks for a password; empty for other transports.
   */
  public Optional<String> passwordPrompt() {
    return isHttp() ? Optional.of(hostAndPort(parse(url))) : Optional.empty();
  }

  /** User name and password that stand in the URL itself; never to be shown. */
  public Optional<String> embeddedCredentials() {
    return isHttp() ? Optional.ofNullable(parse(url).getRawUserInfo()) : Optional.empty();
  }

  private boolean isHttp() {
    return url.startsWith("https://") || url.startsWith("http://");
  }

  private static String hostAndPort(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
