package dev.slipway.deployments.source;

import dev.slipway.api.platform.Platform;
import dev.slipway.deployments.DeploymentsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bare repositories of apps whose source was uploaded, one folder each in the data folder. */
@Component(service = Repositories.class)
public final class Repositories {
  private static final Logger LOG = LoggerFactory.getLogger(Repositories.class);
  private static final String SUFFIX = ".git";
  private static final int TRIES = 10;
  private static final int LOCKS = 64;

  /** Loose objects are spread evenly over 256 folders, so that one of them tells; as in git. */
  private static final String ONE_OF_256 = "17";

  /** Loose objects in that one, from which on they are packed. */
  private static final int MANY = 8;

  /** Packs, from which on they are made one. */
  private static final int MANY_PACKS = 20;

  /** How long what a refused upload has left behind lies around; longer than one takes. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final Path folder;

  /** Uploads share an app's lock; packing has it alone. */
  private final List<ReadWriteLock> locks =
      Stream.<ReadWriteLock>generate(ReentrantReadWriteLock::new).limit(LOCKS).toList();

  @Activate
  public Repositories(@Reference Platform platform) {
    folder = platform.data().resolve("deployments").resolve("git");
  }

  /** A commit; the message is its first line. */
  public record Found(String sha, String message) {}

  /** Whether anything was uploaded for the app yet. */
  public boolean exists(UUID appId) {
    return Files.isDirectory(path(appId));
  }

  /** Whether there is a version of the app's source. */
  public boolean hasSource(UUID appId) {
    if (!exists(appId)) {
      return false;
    }
    try (var repository = open(appId)) {
      return repository.getRefDatabase().hasRefs();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The newest commit of a branch. */
  public Optional<Found> tip(UUID appId, String branch) {
    try (var repository = open(appId);
        var walk = new RevWalk(repository)) {
      var tip = repository.exactRef(Constants.R_HEADS + branch);
      return tip == null
          ? Optional.empty()
          : Optional.of(found(walk.parseCommit(tip.getObjectId())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * A commit of a branch.
   *
   * @param sha its id, or the first digits of it where no other has the same
   */
  public Optional<Found> commit(UUID appId, String branch, String sha) {
    try (var repository = open(appId);
        var walk = new RevWalk(repository)) {
      var tip = repository.exactRef(Constants.R_HEADS + branch);
      var id = tip == null ? null : repository.resolve(sha + "^{commit}");
      if (tip == null || id == null) {
        return Optional.empty();
      }
      var commit = walk.parseCommit(id);
      return walk.isMergedInto(commit, walk.parseCommit(tip.getObjectId()))
          ? Optional.of(found(commit))
          : Optional.empty();
    } catch (AmbiguousObjectException | IncorrectObjectTypeException | MissingObjectException no) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Found found(RevCommit commit) {
    return new Found(commit.name(), commit.getShortMessage());
  }

  /** What fills a new version: writes blobs and says which path has which. */
  interface Filler {
    DirCache fill(ObjectInserter inserter) throws IOException;
  }

  /**
   * Adds a commit to a branch; what was there stays in its history.
   *
   * @return the commit's id
   */
  String add(UUID appId, String branch, String message, Filler filler) throws IOException {
    var lock = lock(appId).readLock();
    lock.lock();
    try (var repository = openOrMake(appId, branch);
        var inserter = packing(repository)) {
      var tree = filler.fill(inserter).writeTree(inserter);
      // Another upload may be quicker; this one then comes after it.
      for (var attempt = 1; ; attempt++) {
        var tip = repository.exactRef(Constants.R_HEADS + branch);
        if (repository.getRefDatabase().isNameConflicting(Constants.R_HEADS + branch)) {
          throw DeploymentsError.BRANCH_IN_THE_WAY.of(branch);
        }
        var parent = tip == null ? null : tip.getObjectId();
        var commit = inserter.insert(commit(tree, parent, message));
        inserter.flush();
        var result = moved(repository, branch, parent, commit);
        switch (result) {
          case NEW, FAST_FORWARD, NO_CHANGE -> {
            return commit.name();
          }
          case LOCK_FAILURE, REJECTED -> {
            if (attempt == TRIES) {
              throw new IOException("the branch could not be moved: " + result);
            }
          }
          default -> throw new IOException("the branch could not be moved: " + result);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes one file for all, where there would be one for each. */
  private static ObjectInserter packing(Repository repository) {
    return ((ObjectDirectory) repository.getObjectDatabase()).newPackInserter();
  }

  private static CommitBuilder commit(ObjectId tree, @Nullable ObjectId parent, String message) {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    if (parent != null) {
      commit.setParentId(parent);
    }
    var author = new PersonIdent("Slipway", "slipway@localhost", Instant.now(), ZoneOffset.UTC);
    commit.setAuthor(author);
    commit.setCommitter(author);
    commit.setMessage(message);
    return commit;
  }

  private static RefUpdate.Result moved(
      Repository repository, String branch, @Nullable ObjectId from, ObjectId to)
      throws IOException {
    var update = repository.updateRef(Constants.R_HEADS + branch);
    update.setExpectedOldObjectId(from == null ? ObjectId.zeroId() : from);
    update.setNewObjectId(to);
    update.disableRefLog();
    return update.update();
  }

  /** Opens an app's repository, which must exist; the caller closes it. */
  Repository open(UUID appId) throws IOException {
    return new FileRepositoryBuilder()
        .setBare()
        .setGitDir(path(appId).toFile())
        .setMustExist(true)
        .build();
  }

  /** In one step: a half-made repository after a crash would never be of any use. */
  synchronized Repository openOrMake(UUID appId, String branch) throws IOException {
    if (!exists(appId)) {
      Files.createDirectories(folder);
      var making = Files.createTempDirectory(folder, "new-");
      try (var made = new FileRepositoryBuilder().setBare().setGitDir(making.toFile()).build()) {
        made.create(true);
        // What a clone shows that names no branch.
        made.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
      }
      Files.move(making, path(appId), StandardCopyOption.ATOMIC_MOVE);
    }
    return open(appId);
  }

  /** Removes an app's repository, where there is one. */
  public void delete(UUID appId) throws IOException {
    Folders.delete(path(appId));
  }

  /** How many bytes an app's repository has on the disk. */
  long size(UUID appId) throws IOException {
    return exists(appId) ? Folders.size(path(appId)) : 0;
  }

  /**
   * The app's repository for a push; made where there is none yet.
   *
   * @param branch what a clone shows that names no branch
   */
  Quarantine quarantine(UUID appId, String branch) throws IOException {
    openOrMake(appId, branch).close();
    return new Quarantine(path(appId), folder);
  }

  /** Work on a repository. */
  interface Work {
    void on(Repository repository) throws IOException;
  }

  /** Does something to an app's repository while it is not being packed. */
  void change(UUID appId, Work work) throws IOException {
    var lock = lock(appId).readLock();
    lock.lock();
    try (var repository = open(appId)) {
      work.on(repository);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Packs what lies loose in the repositories of all apps, and drops what no upload has come to
   * need. One that is being uploaded to is left for the next time. What a crash has left of pushes
   * goes too.
   */
  void tidy() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var left = Files.newDirectoryStream(folder, Quarantine.PREFIX + "*")) {
      for (var path : left) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(Instant.now().minus(KEPT))) {
          Folders.delete(path);
        }
      }
    }
    try (var all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var path : all) {
        var name = path.getFileName().toString();
        tidy(UUID.fromString(name.substring(0, name.length() - SUFFIX.length())));
      }
    }
  }

  private void tidy(UUID appId) {
    var lock = lock(appId).writeLock();
    if (!lock.tryLock()) {
      return;
    }
    try (var repository = open(appId);
        var git = new Git(repository)) {
      if (isUntidy(repository.getDirectory().toPath())) {
        git.gc().setExpire(Instant.now().minus(KEPT)).call();
      }
    } catch (IOException | GitAPIException failure) {
      LOG.warn("the repository of app {} could not be packed", appId, failure);
    } finally {
      lock.unlock();
    }
  }

  /** Each upload and each push leaves a pack. */
  private static boolean isUntidy(Path repository) throws IOException {
    return holdsMany(repository.resolve("objects").resolve("pack"), "*.pack", MANY_PACKS)
        || holdsMany(repository.resolve("objects").resolve(ONE_OF_256), "*", MANY);
  }

  private static boolean holdsMany(Path folder, String names, int many) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var found = Files.newDirectoryStream(folder, names)) {
      var count = 0;
      for (var ignored : found) {
        count++;
      }
      return count >= many;
    }
  }

  private ReadWriteLock lock(UUID appId) {
    return locks.get(Math.floorMod(appId.hashCode(), LOCKS));
  }

  private Path path(UUID appId) {
    return folder.resolve(appId + SUFFIX);
  }
}
