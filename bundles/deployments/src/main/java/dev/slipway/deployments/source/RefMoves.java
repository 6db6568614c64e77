package dev.slipway.deployments.source;

import dev.slipway.deployments.source.Landing.Moved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one push does to branches and tags: looks whether it may, takes the objects over, and moves
 * them. Any branch may be rewritten by who forces it; the deploy branch can not be deleted.
 */
final class RefMoves {
  private static final Logger LOG = LoggerFactory.getLogger(RefMoves.class);
  private static final int MOST_REFS = 1_000;
  private static final int MOST_PATHS = 1_000;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_REPORT = 300;

  private final Repositories repositories;
  private final UUID appId;
  private final String deployBranch;
  private final Quarantine quarantine;

  RefMoves(Repositories repositories, UUID appId, String deployBranch, Quarantine quarantine) {
    this.repositories = repositories;
    this.appId = appId;
    this.deployBranch = deployBranch;
    this.quarantine = quarantine;
  }

  /** Tells git that a command came to nothing after all. */
  static void report(ReceiveCommand command, @Nullable String fault) {
    if (fault != null) {
      refuse(command, fault);
    }
  }

  private static void refuse(ReceiveCommand command, String fault) {
    var line = fault.replaceAll("\\s+", " ").strip();
    command.setResult(
        Result.REJECTED_OTHER_REASON,
        line.length() <= LONGEST_REPORT ? line : line.substring(0, LONGEST_REPORT) + "…");
  }

  /**
   * Carries out what it may.
   *
   * @return the branches that have a new tip; every command knows then what became of it
   */
  Map<ReceiveCommand, Moved> make(
      Turns.Turn turn, ReceivePack receiver, Collection<ReceiveCommand> commands, Pusher pusher) {
    try {
      turn.take();
    } catch (IOException busy) {
      refuse(commands, String.valueOf(busy.getMessage()));
      return Map.of();
    }
    try {
      return make(receiver, commands, pusher);
    } catch (IOException failure) {
      LOG.warn("a push into app {} was not carried out", appId, failure);
      refuse(commands, "it could not be stored");
      return Map.of();
    }
  }

  private static void refuse(Collection<ReceiveCommand> commands, String fault) {
    commands.stream()
        .filter(each -> each.getResult() == Result.NOT_ATTEMPTED)
        .forEach(each -> refuse(each, fault));
  }

  private Map<ReceiveCommand, Moved> make(
      ReceivePack receiver, Collection<ReceiveCommand> commands, Pusher pusher) throws IOException {
    check(receiver, commands, pusher);
    var accepted =
        commands.stream().filter(each -> each.getResult() == Result.NOT_ATTEMPTED).toList();
    if (receiver.isAtomic() && accepted.size() < receiver.getAllCommands().size()) {
      ReceiveCommand.abort(receiver.getAllCommands());
      return Map.of();
    }
    return accepted.isEmpty() ? Map.of() : move(accepted, receiver.isAtomic());
  }

  private void check(ReceivePack receiver, Collection<ReceiveCommand> commands, Pusher pusher)
      throws IOException {
    var room = MOST_REFS - receiver.getAdvertisedRefs().size();
    for (var command : commands) {
      if (command.getType() == ReceiveCommand.Type.CREATE) {
        room--;
      }
      var fault =
          room < 0 ? "more than " + MOST_REFS + " branches and tags" : fault(command, pusher);
      if (fault != null) {
        refuse(command, fault);
      }
    }
  }

  private @Nullable String fault(ReceiveCommand command, Pusher pusher) throws IOException {
    var name = command.getRefName();
    var branch = name.startsWith(Constants.R_HEADS);
    if (!branch && !name.startsWith(Constants.R_TAGS)) {
      return "only branches and tags are kept";
    }
    if (name.length() > LONGEST_NAME || !TreePath.isInside(name)) {
      return "the name can not be used";
    }
    if (command.getType() == ReceiveCommand.Type.DELETE) {
      return isDeployed(command) ? "the branch that is deployed can not be deleted" : null;
    }
    return contentFault(command.getNewId(), branch, pusher);
  }

  private @Nullable String contentFault(ObjectId id, boolean branch, Pusher pusher)
      throws IOException {
    try (var walk = new RevWalk(quarantine.repository())) {
      var named = walk.parseAny(id);
      if (branch && !(named instanceof RevCommit)) {
        return "a branch must be a commit";
      }
      if (!(walk.peel(named) instanceof RevCommit commit)) {
        return "a tag must be of a commit";
      }
      var notes = new ArrayList<String>();
      var tree = walk.parseCommit(commit).getTree();
      var fault = new TreeCheck(walk.getObjectReader(), notes::add).fault(tree);
      for (var note : notes) {
        pusher.say(note);
      }
      return fault;
    }
  }

  private Map<ReceiveCommand, Moved> move(List<ReceiveCommand> accepted, boolean atomic)
      throws IOException {
    var moved = new LinkedHashMap<ReceiveCommand, Moved>();
    repositories.change(
        appId,
        repository -> {
          quarantine.accept();
          try (var walk = new RevWalk(repository)) {
            var update = repository.getRefDatabase().newBatchUpdate();
            update.setAllowNonFastForwards(true).setAtomic(atomic).disableRefLog();
            update.addCommand(accepted).execute(walk, NullProgressMonitor.INSTANCE);
            for (var command : deployedLast(accepted)) {
              if (command.getResult() == Result.OK && isBranch(command)) {
                moved.put(command, moved(repository, walk, command));
              }
            }
          }
        });
    return moved;
  }

  /** Its deployment is waited for, and nothing else should wait for that. */
  private List<ReceiveCommand> deployedLast(List<ReceiveCommand> commands) {
    return commands.stream().sorted(Comparator.comparing(this::isDeployed)).toList();
  }

  private boolean isDeployed(ReceiveCommand command) {
    return command.getRefName().equals(Constants.R_HEADS + deployBranch);
  }

  private static boolean isBranch(ReceiveCommand command) {
    return command.getType() != ReceiveCommand.Type.DELETE
        && command.getRefName().startsWith(Constants.R_HEADS);
  }

  private Moved moved(Repository repository, RevWalk walk, ReceiveCommand command)
      throws IOException {
    var commit = walk.parseCommit(command.getNewId());
    var before = before(repository, walk, command);
    var changed = new ArrayList<String>();
    try (var trees = new TreeWalk(repository)) {
      trees.setRecursive(true);
      trees.setFilter(TreeFilter.ANY_DIFF);
      trees.addTree(commit.getTree());
      if (before == null) {
        trees.addTree(new EmptyTreeIterator());
      } else {
        trees.addTree(before.getTree());
      }
      while (changed.size() <= MOST_PATHS && trees.next()) {
        changed.add(trees.getPathString());
      }
    }
    var all = changed.size() <= MOST_PATHS;
    return new Moved(
        command.getRefName().substring(Constants.R_HEADS.length()),
        commit.name(),
        commit.getShortMessage(),
        all ? changed : changed.subList(0, MOST_PATHS),
        all);
  }

  /** What a new branch is compared with is the one that is deployed. */
  private @Nullable RevCommit before(Repository repository, RevWalk walk, ReceiveCommand command)
      throws IOException {
    if (command.getType() != ReceiveCommand.Type.CREATE) {
      return walk.parseCommit(command.getOldId());
    }
    var deployed = repository.exactRef(Constants.R_HEADS + deployBranch);
    return deployed == null || deployed.getName().equals(command.getRefName())
        ? null
        : walk.parseCommit(deployed.getObjectId());
  }
}
