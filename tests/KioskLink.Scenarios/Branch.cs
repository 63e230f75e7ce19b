using KioskLink.Demo;
using KioskLink.Demo.Script;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A branch with its register: the real programs, a virtual reader and door on a real pseudo-terminal, a network to cut.</summary>
internal sealed class Branch : IAsyncDisposable
{
    /// <summary>A patron of the samples whom everything allows in.</summary>
    public const string Aino = "29909090000018";

    /// <summary>Aino's PIN.</summary>
    public const string AinosPin = "2601";

    /// <summary>The badge of the staff.</summary>
    public const string StaffBadge = "29909090000919";

    // The register keeps what it decided too late, so that a card is known here at the latest at its second visit.
    private const int VisitsMax = 3;

    private readonly TempFolder _folder = new();

    private Branch(LockModule? module, string? patrons, string? reader)
    {
        var options = new DemoOptions(_folder.Path, DataIsTemporary: false, Headless: true, Script: null, patrons, reader,
            ReaderBaud: 9600, ReaderAddress: 0, PagePort: 0, RegisterPort: FreePort.Next(), KioskPort: FreePort.Next())
        {
            Lock = module ?? new LockModule(),
            MachinePort = FreePort.Next(),
        };
        World = new DemoWorld(options, Said, TimeProvider.System);
        Actions = new StepActions(World, TimeProvider.System);
    }

    /// <summary>Programs, network, hardware and journal.</summary>
    public DemoWorld World { get; }

    /// <summary>What the demo has said while it set the branch up.</summary>
    public StringWriter Said { get; } = new();

    /// <summary>What people and electricians do.</summary>
    public StepActions Actions { get; }

    /// <summary>Opens the branch: returns when a patron could walk up to the door.</summary>
    /// <param name="module">What moves the lock; by default a module with timers in a secure channel.</param>
    /// <param name="patrons">A file of other patrons, loaded beside the samples.</param>
    /// <param name="prepare">What is done to its folder before any program runs.</param>
    /// <param name="reader">The serial device of a reader at address 0 and 9600 baud, in place of the demo's own.</param>
    public static async Task<Branch> OpenAsync(LockModule? module = null, string? patrons = null, Action<DemoFolder>? prepare = null, string? reader = null)
    {
        var branch = new Branch(module, patrons, reader);
        prepare?.Invoke(branch.World.Folder);
        await branch.World.StartAsync();
        return branch;
    }

    /// <summary>Presents a card, types the PIN where there is one, and returns the decision's record.</summary>
    public async Task<RecordOpen> PresentAsync(string card, string pin = "")
    {
        await World.WaitForReaderAsync(Patience.Event);
        var before = await World.JournalEndAsync();
        Actions.Present(card);
        if (pin.Length > 0)
            await Actions.TypeAsync(pin + "#");
        var record = await World.Journal.FindAsync(before, open => open.Kind == RecordKind.Decision, Patience.Event);
        return record?.Open ?? throw new TimeoutException("No decision came.");
    }

    /// <summary>
    /// Lets somebody in: presents, and returns the grant's record once the door was unlocked and is locked again. A busy machine may make
    /// the register late for a first visit, which is then made again.
    /// </summary>
    public async Task<RecordOpen> LetInAsync(string card, string pin = "")
    {
        await WaitForLockedDoorAsync();
        var unlocks = World.Hardware.Leaf.Unlocks;
        var granted = await PresentAsync(card, pin);
        for (var visits = 1; granted.Code == DecisionCode.OfflineNotCached && visits < VisitsMax; visits++)
        {
            await World.WaitForLinkAsync(Patience.Event);
            granted = await PresentAsync(card, pin);
        }
        Assert.True(granted.Granted, granted.Code.ToString());
        await Patience.Until(() => World.Hardware.Leaf.Unlocks > unlocks, "the door was unlocked");
        await WaitForLockedDoorAsync();
        return granted;
    }

    /// <summary>Lets Aino in once, so that the node holds her card from then on.</summary>
    public Task IntroduceAinoAsync() => LetInAsync(Aino, AinosPin);

    /// <summary>Changes the branch in the register and waits until its node decides by it.</summary>
    public async Task ApplyAsync(Action<Protos.Types.V1.Branch> change)
    {
        var changed = DemoBranch.Describe();
        change(changed);
        var applied = await new BranchService.BranchServiceClient(World.Register).ApplyBranchAsync(new ApplyBranchRequest { Branch = changed });
        await WaitForReachAsync(applied.Version);
    }

    /// <summary>Waits until every node has confirmed a version of the change log.</summary>
    public Task WaitForReachAsync(long version)
    {
        var bans = new BanService.BanServiceClient(World.Register);
        return Patience.Until(async () =>
        {
            var reach = await bans.GetReachAsync(new GetReachRequest { Version = version });
            return reach.TotalNodes > 0 && reach.ConfirmedNodes == reach.TotalNodes;
        }, $"every node confirms version {version}");
    }

    /// <summary>The register's row of an attempt.</summary>
    public async Task<Attempt> RowOfAsync(string attemptId)
    {
        var access = new AccessService.AccessServiceClient(World.Register);
        return Assert.Single((await access.ListAttemptsAsync(new ListAttemptsRequest { AttemptId = attemptId })).Attempts);
    }

    /// <summary>The whole journal as the node holds it now.</summary>
    public async Task<IReadOnlyList<WatchJournalResponse>> ReadJournalAsync()
    {
        var records = new List<WatchJournalResponse>();
        using var call = World.Node.WatchJournal(new WatchJournalRequest { FromSequence = 1, StopAtEnd = true });
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            records.Add(call.ResponseStream.Current);
        return records;
    }

    /// <summary>Every row of the register that a node's record has filled.</summary>
    public async Task<IReadOnlyList<Attempt>> ListRecordedAttemptsAsync()
    {
        var access = new AccessService.AccessServiceClient(World.Register);
        var rows = new List<Attempt>();
        var page = new ListAttemptsResponse();
        do
        {
            page = await access.ListAttemptsAsync(new ListAttemptsRequest { PageSize = 1000, PageToken = page.NextPageToken });
            rows.AddRange(page.Attempts.Where(row => row.JournalSequence > 0));
        }
        while (page.NextPageToken.Length > 0);
        return rows;
    }

    /// <summary>Waits until the door is locked again.</summary>
    public Task WaitForLockedDoorAsync() => Patience.Until(() => !World.Hardware.Leaf.IsUnlocked, "the door is locked");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        _folder.Dispose();
    }
}
