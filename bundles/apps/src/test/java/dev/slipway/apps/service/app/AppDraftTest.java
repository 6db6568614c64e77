package dev.slipway.apps.service.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.service.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppDraftTest {
  static AppDraft draft(SourceType type, @Nullable String repositoryUrl, @Nullable String image) {
    return new AppDraft(
        "shop",
        null,
        type,
        null,
        repositoryUrl,
        "main",
        null,
        null,
        image,
        null,
        null,
        null,
        null,
        3000,
        "/",
        1);
  }

  static List<String> faults(AppDraft draft) {
    var refusal =
        catchThrowableOfType(PlatformException.class, () -> draft.checkedBy(new Faults()).raise());
    return refusal == null ? List.of() : refusal.fields().stream().map(FieldError::field).toList();
  }

  @Test
  void eachSourceNeedsWhatItIsTakenFrom() {
    assertThat(faults(draft(SourceType.GIT, null, null))).isEmpty();
    assertThat(faults(draft(SourceType.COMPOSE, null, null))).isEmpty();
    assertThat(faults(draft(SourceType.GITHUB, null, null))).containsExactly("repository_url");
    assertThat(faults(draft(SourceType.GITHUB, "https://github.com/a/b", null))).isEmpty();
    assertThat(faults(draft(SourceType.IMAGE, null, null))).containsExactly("image");
    assertThat(faults(draft(SourceType.IMAGE, null, "nginx"))).isEmpty();
  }

  @Test
  void blankTextCountsAsNone() {
    var draft = draft(SourceType.IMAGE, "  ", " ");
    assertThat(draft.repositoryUrl()).isNull();
    assertThat(faults(draft)).containsExactly("image");
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    var draft =
        new AppDraft(
            "a\nb",
            null,
            SourceType.GIT,
            null,
            "file:///etc/passwd",
            "-x",
            "../a",
            "/Dockerfile",
            "NOT AN IMAGE",
            "<b>",
            "a\u0000",
            "b\u0000",
            "c\u0000",
            0,
            "health",
            21);
    assertThat(faults(draft))
        .containsExactlyInAnyOrder(
            "name",
            "repository_url",
            "branch",
            "root_directory",
            "dockerfile_path",
            "image",
            "framework",
            "install_command",
            "build_command",
            "start_command",
            "port",
            "health_check_path",
            "replicas");
  }

  @Test
  void numbersHaveBounds() {
    assertThat(faults(sized(1, 1))).isEmpty();
    assertThat(faults(sized(65_535, 20))).isEmpty();
    assertThat(faults(sized(65_536, 0))).containsExactlyInAnyOrder("port", "replicas");
    assertThat(faults(sized(-1, -1))).containsExactlyInAnyOrder("port", "replicas");
  }

  @Test
  void aDockerfileIsAFile() {
    var draft =
        new AppDraft(
            "shop",
            null,
            SourceType.GIT,
            null,
            null,
            "main",
            "web/",
            "web/",
            null,
            null,
            null,
            null,
            null,
            3000,
            "/",
            1);
    assertThat(faults(draft)).containsExactly("dockerfile_path");
  }

  static AppDraft sized(int port, int replicas) {
    return new AppDraft(
        "shop",
        null,
        SourceType.GIT,
        null,
        null,
        "main",
        null,
        null,
        null,
        "Next.js",
        "npm ci",
        "npm run build",
        "npm start\n",
        port,
        "/",
        replicas);
  }
}
