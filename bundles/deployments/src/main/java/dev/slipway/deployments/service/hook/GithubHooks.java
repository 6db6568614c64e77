package dev.slipway.deployments.service.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Tokens;
import dev.slipway.deployments.service.preview.Previews;
import dev.slipway.deployments.service.preview.PullRequest;
import dev.slipway.deployments.service.push.AutoDeploys;
import dev.slipway.deployments.service.push.Push;
import dev.slipway.deployments.store.hook.HookRow;
import dev.slipway.deployments.store.hook.HookStore;
import dev.slipway.deployments.store.push.PushRow;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Webhooks of GitHub, sent to the address of a deploy hook. */
@Component(service = GithubHooks.class)
public final class GithubHooks {
  private static final Scope ALL = Scope.platform("a hook is known by its token alone");

  /** How the body begins where the webhook was set up to send forms. */
  private static final String FORM = "payload=";

  private static final String BRANCHES = "refs/heads/";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern DELIVERY = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final int LONGEST_MESSAGE = 1_000;

  private final Database database;
  private final HookStore hooks;
  private final Apps apps;
  private final AutoDeploys pushes;
  private final Previews previews;
  private final Json json;

  @Activate
  public GithubHooks(
      @Reference Database database,
      @Reference Apps apps,
      @Reference AutoDeploys pushes,
      @Reference Previews previews,
      @Reference Json json) {
    this.database = database;
    hooks = new HookStore(database);
    this.apps = apps;
    this.pushes = pushes;
    this.previews = previews;
    this.json = json;
  }

  /**
   * What a webhook comes with.
   *
   * @param event such as {@code push}
   * @param delivery the same when GitHub sends it again; null where none is told
   * @param signature of the body, by the token of the hook; null where none is told
   */
  public record Delivery(
      @Nullable String event, @Nullable String delivery, @Nullable String signature, byte[] body) {}

  /**
   * What came of a webhook.
   *
   * @param status queued, skipped, refused, closed or ignored
   * @param reason why no deployment came of it
   */
  public record Result(
      UUID appId, String status, @Nullable String reason, List<UUID> deploymentIds) {}

  /** GitHub tells something to whoever knows the token. */
  public Result take(Caller caller, String token, Delivery sent) {
    var hook =
        database
            .read(ALL, () -> hooks.byHash(Tokens.hash(token)))
            .orElseThrow(DeploymentsError.HOOK_NOT_FOUND::of);
    if (sent.signature() != null && !Signatures.fits(token, sent.body(), sent.signature())) {
      throw DeploymentsError.HOOK_SIGNATURE.of();
    }
    var actor = HookService.actor(caller, hook);
    database.run(Scope.of(actor), () -> hooks.triggered(hook.id()));
    return switch (sent.event()) {
      case "push" -> push(actor, hook, sent);
      case "pull_request" -> pullRequest(actor, hook, sent);
      case null -> throw CommonError.INVALID.of().withField("X-GitHub-Event", "is missing");
      default -> ignored(hook, "nothing is done about such an event");
    };
  }

  private Result push(Caller actor, HookRow hook, Delivery sent) {
    var event = event(sent);
    if (event.ref() == null || event.isDeletion() || !event.ref().startsWith(BRANCHES)) {
      return ignored(hook, "no branch has a new tip");
    }
    var branch = branch(event.ref().substring(BRANCHES.length()), "ref");
    if (hook.branch() != null && !hook.branch().equals(branch)) {
      return ignored(hook, "the hook was made for another branch");
    }
    var paths = event.paths();
    var commit = event.headCommit();
    var push =
        new Push(
            "github:" + delivery(sent, actor),
            branch,
            commit(event.after(), "after"),
            commit == null ? null : text(commit.message()),
            paths,
            event.tellsAllPaths(paths));
    var environment = hook.environmentId();
    var rows =
        environment == null
            ? pushes.take(actor, hook.appId(), push)
            : List.of(pushes.takeAt(actor, hook.appId(), push, environment));
    return result(hook.appId(), rows);
  }

  private Result pullRequest(Caller actor, HookRow hook, Delivery sent) {
    var event = event(sent);
    var told = event.pullRequest();
    if (told == null || told.number() == null || told.number() < 1) {
      throw CommonError.INVALID.of().withField("pull_request", "must have a number");
    }
    if (hook.branch() != null && !hook.branch().equals(told.into())) {
      return ignored(hook, "the hook was made for another branch");
    }
    return switch (event.action()) {
      case "opened", "reopened", "synchronize", "ready_for_review" ->
          opened(actor, hook, request(told.number(), told));
      case "closed" -> {
        previews.close(actor, hook.appId(), told.number());
        yield new Result(hook.appId(), "closed", null, List.of());
      }
      case null, default -> ignored(hook, "nothing is done about such an action");
    };
  }

  private PullRequest request(int number, GithubEvent.PullRequest told) {
    var head = told.head() == null ? new GithubEvent.Side(null, null, null) : told.head();
    return new PullRequest(
        number,
        branch(head.ref() == null ? "" : head.ref(), "pull_request.head.ref"),
        commit(head.sha(), "pull_request.head.sha"),
        told.isFork() ? new PullRequest.Fork(told.from()) : null);
  }

  /** Whoever opens a pull request from a fork is nobody here: the maker of the hook may approve. */
  private Result opened(Caller actor, HookRow hook, PullRequest request) {
    var by = request.isFork() ? HookService.nobody(actor) : actor;
    var result = previews.open(by, hook.appId(), request);
    var status = result.reason() == null ? "queued" : "skipped";
    return new Result(
        hook.appId(), status, result.reason(), Stream.ofNullable(result.deploymentId()).toList());
  }

  private GithubEvent event(Delivery sent) {
    try {
      var text = new String(sent.body(), StandardCharsets.UTF_8);
      var payload =
          text.startsWith(FORM)
              ? URLDecoder.decode(text.substring(FORM.length()), StandardCharsets.UTF_8)
              : text;
      return Optional.ofNullable(json.read(payload, GithubEvent.class))
          .orElseThrow(GithubHooks::malformed);
    } catch (IllegalArgumentException unfit) {
      throw malformed();
    }
  }

  private static PlatformException malformed() {
    return CommonError.MALFORMED.of("it is not the JSON of a GitHub webhook");
  }

  private String branch(String name, String field) {
    var fault = apps.branchFault(name);
    if (fault != null) {
      throw CommonError.INVALID.of().withField(field, fault);
    }
    return name;
  }

  private static String commit(@Nullable String sha, String field) {
    if (sha == null || !COMMIT.matcher(sha).matches()) {
      throw CommonError.INVALID.of().withField(field, "must be 40 hexadecimal digits");
    }
    return sha;
  }

  /** One that is not numbered is never told apart from another: it counts as new. */
  private static String delivery(Delivery sent, Caller actor) {
    if (sent.delivery() == null) {
      return actor.requestId();
    }
    if (!DELIVERY.matcher(sent.delivery()).matches()) {
      throw CommonError.INVALID.of().withField("X-GitHub-Delivery", "must be an id");
    }
    return sent.delivery();
  }

  /** A commit's message as it may be kept: any text may stand in one. */
  private static @Nullable String text(@Nullable String message) {
    if (message == null) {
      return null;
    }
    var clean = message.replaceAll("[\\p{Cc}\\p{Cs}&&[^\\n\\t]]", " ").strip();
    if (clean.length() <= LONGEST_MESSAGE) {
      return clean;
    }
    var half = Character.isHighSurrogate(clean.charAt(LONGEST_MESSAGE - 1));
    return clean.substring(0, half ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
  }

  /** The deployments where there are any, else why there is none. */
  private static Result result(UUID appId, List<PushRow> rows) {
    var deployed = rows.stream().flatMap(row -> Stream.ofNullable(row.deploymentId())).toList();
    return deployed.isEmpty()
        ? result(rows.getFirst())
        : new Result(appId, "queued", null, deployed);
  }

  private static Result result(PushRow row) {
    var status = row.outcome().name().toLowerCase(Locale.ROOT);
    return new Result(row.appId(), status, row.reason(), List.of());
  }

  private static Result ignored(HookRow hook, String reason) {
    return new Result(hook.appId(), "ignored", reason, List.of());
  }
}
