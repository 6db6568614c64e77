package dev.slipway.fleet;

import dev.slipway.api.Scope;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Takes in what other features have left on servers; the sweeper removes it from there. */
@ProviderType
public interface Leftovers {
  /**
   * A volume that nobody needs any more. It is removed, with all that it holds, once its server is
   * online and nothing there uses it. Said again it changes nothing, unless the sweeper has given
   * it up: then it tries anew. Nothing happens where there is no such server. Joins the caller's
   * unit of work.
   *
   * @param name as the server knows it
   * @param appId the app that had it
   * @param reason for people, such as {@code the app was deleted}
   */
  void volume(Scope scope, UUID serverId, String name, UUID appId, String reason);
}
