package dev.slipway.deployments.source;

import dev.slipway.api.CommonError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes pushes in git's smart protocol over HTTP. */
@Component(service = GitReceiver.class)
public final class GitReceiver {
  /** How git calls the service. */
  public static final String SERVICE = "git-receive-pack";

  /** Most bytes of a pack, as of an uploaded folder. */
  public static final long LARGEST = 256L << 20;

  /** Most bytes of one file: deltas of files are put together in memory. */
  private static final long LARGEST_FILE = 100L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(GitReceiver.class);
  private static final int TIMEOUT_SECONDS = 60;

  /** Shorter than a silent connection is kept. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Repositories repositories;
  private final Turns turns = new Turns(PATIENCE);

  @Activate
  public GitReceiver(@Reference Repositories repositories) {
    this.repositories = repositories;
  }

  /** Says which branches there are and what may be done with them. */
  public void advertise(UUID appId, String branch, OutputStream out) throws IOException {
    try (var repository = repositories.openOrMake(appId, branch)) {
      var receiver = receiver(repository, LARGEST);
      var lines = new PacketLineOut(out);
      lines.writeString("# service=" + SERVICE + "\n");
      lines.end();
      receiver.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
      out.flush();
    }
  }

  /**
   * Receives a push.
   *
   * @param branch the app's deploy branch
   * @param room how many bytes may be added
   * @param in the body of the request, unpacked; read to its end whatever comes of it
   * @param landing hears of each branch that was moved, after the next push may begin
   * @throws IOException where nothing could be written
   */
  public void receive(
      UUID appId, String branch, long room, InputStream in, OutputStream out, Landing landing)
      throws IOException {
    try (var quarantine = repositories.quarantine(appId, branch);
        var turn = turns.of(appId)) {
      var input = new PushInput(in, turn::take);
      var receiver = receiver(quarantine.repository(), Math.min(LARGEST, room));
      var moves = new RefMoves(repositories, appId, branch, quarantine);
      receiver.setPreReceiveHook(
          (receiving, commands) -> {
            var pusher = new Pusher(receiving, out);
            var moved = moves.make(turn, receiving, commands, pusher);
            turn.close();
            moved.forEach(
                (command, what) -> RefMoves.report(command, landing.landed(what, pusher)));
          });
      try {
        receiver.receive(input.whole(), out, null);
      } catch (UnpackException told) {
        LOG.debug("a push into app {} was refused", appId, told);
      } catch (IOException broken) {
        LOG.debug("a push into app {} broke off, or was none", appId, broken);
        throw CommonError.MALFORMED.of("it is no push of git");
      }
      input.discard();
    }
  }

  private static ReceivePack receiver(Repository repository, long largest) {
    var receiver = new ReceivePack(repository);
    receiver.setBiDirectionalPipe(false);
    receiver.setTimeout(TIMEOUT_SECONDS);
    receiver.setMaxPackSizeLimit(largest);
    receiver.setMaxObjectSizeLimit(LARGEST_FILE);
    // Old histories hold harmless faults that no rule of today would let pass.
    receiver.setObjectChecker(
        new ObjectChecker().setAllowLeadingZeroFileMode(true).setAllowInvalidPersonIdent(true));
    return receiver;
  }
}
