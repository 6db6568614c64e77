package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.source.CloneFolders;
import dev.slipway.agent.source.FrameworkDetector;
import dev.slipway.agent.source.GitClone;
import dev.slipway.agent.source.GitSource;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** From a repository to an image: clone, detect, build. */
public final class SourceCommands {
  private final CloneFolders clones;
  private final GitClone git;
  private final AppRuntime runtime;
  private final boolean fileUrlsAllowed;

  public SourceCommands(CloneFolders clones, AppRuntime runtime, boolean fileUrlsAllowed) {
    this.clones = clones;
    this.git = new GitClone(clones, fileUrlsAllowed);
    this.runtime = runtime;
    this.fileUrlsAllowed = fileUrlsAllowed;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_APP_CLONE, this::cloneSource,
        CommandType.COMMAND_TYPE_APP_DETECT_FRAMEWORK, this::detect,
        CommandType.COMMAND_TYPE_APP_BUILD, this::build);
  }

  private Reply cloneSource(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    try {
      var source =
          GitSource.of(
              payload.required("repo_url"),
              payload.text("branch", "").isEmpty() ? "main" : payload.text("branch", ""),
              payload.text("commit_sha", ""),
              fileUrlsAllowed);
      var token = payload.text("github_token", "");
      return Reply.completed(git.clone(source, token, progress).toString());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid payload: " + e.getMessage());
    } catch (GitClone.Failed e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private Reply detect(Payload payload, LineSink progress) throws CommandFailure, IOException {
    var folder = cloneFolder(clones, payload);
    var found =
        runtime.readsDockerfiles()
            ? FrameworkDetector.detect(folder)
            : FrameworkDetector.detectForProcess(folder);
    return found
        .map(Json::reply)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "no known kind of app was found in the source; looked for "
                        + FrameworkDetector.lookedFor()));
  }

  private Reply build(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var tag = Names.image(payload, "image_tag");
    var order =
        new BuildOrder(
            tag,
            cloneFolder(clones, payload),
            Names.optionalSlug(payload, "app_slug"),
            payload.environment("build_env_vars"),
            new BuildOrder.Docker(
                payload.text("dockerfile_path", ""),
                payload.text("dockerfile_content", ""),
                payload.flag("no_cache"),
                payload.texts("cache_args"),
                DeployPayload.logins(payload)),
            new BuildOrder.Process(
                payload.text("install_command", ""), payload.text("build_command", "")));
    try {
      runtime.build(order, progress);
      return Reply.completed("Build complete: " + tag);
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  static Path cloneFolder(CloneFolders clones, Payload payload) throws CommandFailure, IOException {
    var folder = payload.required("clone_dir");
    return clones
        .within(folder)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "clone_dir is not a clone folder of this agent, nor a folder of the source in"
                        + " one: "
                        + folder));
  }
}
