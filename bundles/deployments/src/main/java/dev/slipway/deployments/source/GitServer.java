package dev.slipway.deployments.source;

import dev.slipway.api.PlatformException;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.deployments.DeploymentsError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPack.RequestPolicy;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reading of apps' repositories in git's smart protocol over HTTP. */
@Component(service = GitServer.class)
public final class GitServer {
  /** How git calls the service. */
  public static final String SERVICE = "git-upload-pack";

  private static final String BASIC = "basic ";
  private static final int TIMEOUT_SECONDS = 60;
  private static final long LONGEST_REQUEST = 8L << 20;

  private final Repositories repositories;
  private final AccessTokens tokens;

  @Activate
  public GitServer(@Reference Repositories repositories, @Reference AccessTokens tokens) {
    this.repositories = repositories;
    this.tokens = tokens;
  }

  /**
   * Whether the password of a basic authentication is a token for this repository, which exists.
   */
  public boolean mayRead(UUID appId, @Nullable String authorization) {
    var password = authorization == null ? null : password(authorization);
    if (password == null) {
      return false;
    }
    try {
      return tokens.verify(SourceLinks.PURPOSE, password).equals(appId.toString())
          && repositories.exists(appId);
    } catch (PlatformException refused) {
      return false;
    }
  }

  /** Refuses where nothing was uploaded or pushed yet. */
  public void requireSource(UUID appId) {
    if (!repositories.exists(appId)) {
      throw DeploymentsError.NO_SOURCE.of();
    }
  }

  private static @Nullable String password(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return null;
    }
    try {
      var pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
      var colon = pair.indexOf(':');
      return colon < 0 ? null : pair.substring(colon + 1);
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }

  /**
   * Says which branches there are and what the server can do.
   *
   * @param protocol the {@code Git-Protocol} header
   */
  public void advertise(UUID appId, @Nullable String protocol, OutputStream out)
      throws IOException {
    try (var repository = repositories.open(appId)) {
      var pack = new UploadPack(repository);
      configure(pack, protocol);
      var lines = new PacketLineOut(out);
      lines.writeString("# service=" + SERVICE + "\n");
      lines.end();
      // Without the name of the service, whose line is written already, in every version alike.
      pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), null);
      out.flush();
    }
  }

  /** Answers one request of a fetch. */
  public void serve(
      UUID appId, @Nullable String protocol, boolean gzipped, InputStream in, OutputStream out)
      throws IOException {
    try (var repository = repositories.open(appId);
        var request = new Limited(gzipped ? new GZIPInputStream(in) : in)) {
      var pack = new UploadPack(repository);
      configure(pack, protocol);
      pack.uploadWithExceptionPropagation(request, out, null);
      out.flush();
    }
  }

  private static void configure(UploadPack pack, @Nullable String protocol) {
    pack.setBiDirectionalPipe(false);
    pack.setTimeout(TIMEOUT_SECONDS);
    // A commit may be asked for that is no branch's tip any more.
    pack.setRequestPolicy(RequestPolicy.REACHABLE_COMMIT);
    if (protocol != null) {
      pack.setExtraParameters(List.of(protocol.split(":")));
    }
  }

  /** A small packed request can be a huge one unpacked. */
  private static final class Limited extends FilterInputStream {
    private long left = LONGEST_REQUEST;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var count = super.read(buffer, offset, length);
      return counted(count, count);
    }

    private int counted(int result, int bytes) throws IOException {
      left -= result < 0 ? 0 : bytes;
      if (left < 0) {
        throw new IOException("the request is too large");
      }
      return result;
    }
  }
}
