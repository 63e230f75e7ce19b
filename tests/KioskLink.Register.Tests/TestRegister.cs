using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Alarms;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Profiles;
using KioskLink.Register.Rotation;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Store;
using KioskLink.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests;

/// <summary>
/// A register in this process over a folder of its own, with a clock that a test moves: two branches, open for self-service
/// all day, and patrons as tests ask for them.
/// </summary>
internal sealed class TestRegister : IAsyncDisposable
{
    public const string Main = "FI-Main";
    public const string Other = "FI-Other";
    public const string Pin = "8317";

    private static readonly byte[] Key = [.. Enumerable.Range(1, MasterKey.Length).Select(number => (byte)number)];

    /// <summary>The key of envelopes: one for all, as a restart finds the same again.</summary>
    private static readonly System.Security.Cryptography.ECDiffieHellman Sealing = System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

    private readonly TempFolder _folder = new();
    private ServiceProvider _services = null!;
    private string? _keyFile;
    private AlarmSetup _alarms = AlarmSetup.None;
    private int _attempts;

    public VirtualTime Time { get; } = new();

    public RegisterCore Core { get; private set; } = null!;

    public string Folder => _folder.Path;

    public Instant Now => Core.Now();

    public ConsortiumProfile Profile { get; private init; } = ProfileReader.Load("lastu");

    public Register.Access.AccessService Access => Service<Register.Access.AccessService>();

    public Register.Bans.BanService Bans => Service<Register.Bans.BanService>();

    public Register.Branches.BranchService Branches => Service<Register.Branches.BranchService>();

    public Register.Branches.OpeningHoursService Hours => Service<Register.Branches.OpeningHoursService>();

    public Register.Cards.CardService Cards => Service<Register.Cards.CardService>();

    public Register.Patrons.PatronService Patrons => Service<Register.Patrons.PatronService>();

    public Register.Outages.OutageService Outages => Service<Register.Outages.OutageService>();

    public Register.Loans.LoanService Loans => Service<Register.Loans.LoanService>();

    public Register.Consents.ConsentService Consents => Service<Register.Consents.ConsentService>();

    public Register.PatronNotes.PatronNoteService Notes => Service<Register.PatronNotes.PatronNoteService>();

    public Register.OwnData.OwnDataService OwnData => Service<Register.OwnData.OwnDataService>();

    public Register.Permissions.PermissionService Permissions => Service<Register.Permissions.PermissionService>();

    /// <summary>Starts a register; with a key file of its own that file is written, and read at each start.</summary>
    public static async Task<TestRegister> StartAsync(Func<ConsortiumProfile, ConsortiumProfile>? change = null, string? keyFile = null, AlarmSetup? alarms = null)
    {
        var profile = ProfileReader.Load("lastu");
        if (keyFile is not null)
        {
            await File.WriteAllTextAsync(keyFile, Convert.ToBase64String(Key) + "\n");
        }

        var register = new TestRegister { Profile = change?.Invoke(profile) ?? profile, _keyFile = keyFile, _alarms = alarms ?? AlarmSetup.None };
        await register.OpenAsync();
        await register.ApplyAsync(Branch(Main));
        await register.ApplyAsync(Branch(Other));
        return register;
    }

    /// <summary>A branch that is open for self-service all day and decides from its replica when it is cut off.</summary>
    public static Wire.Branch Branch(string id)
    {
        var branch = new Wire.Branch { Id = id, Name = id, Hours = new Wire.OpeningHours(), OfflinePolicy = Wire.OfflinePolicy.Cached };
        branch.Doors.Add(new Wire.Door { Id = "front", Name = "Front door" });
        branch.Hours.Week.AddRange(Enum.GetValues<Wire.Weekday>().Where(day => day != Wire.Weekday.Unspecified).Select(day =>
        {
            var hours = new Wire.WeekdayHours { Weekday = day };
            hours.Periods.Add(new Wire.Period { From = "00:00", To = "24:00", Kind = Wire.PeriodKind.SelfService });
            return hours;
        }));
        return branch;
    }

    /// <summary>The nth card number of the form that the shipped profiles take.</summary>
    public static string CardNumber(int n)
    {
        var body = $"2440000{n:000000}";
        var sum = body.Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value);
        return $"{body}{(10 - (sum % 10)) % 10}";
    }

    public T Service<T>()
        where T : class => ActivatorUtilities.GetServiceOrCreateInstance<T>(_services);

    public async Task<ApplyBranchResponse> ApplyAsync(Wire.Branch branch) =>
        await Branches.ApplyBranch(new ApplyBranchRequest { Branch = branch }, TestCall.Admin());

    /// <summary>Stores an adult who has accepted the terms, with a card and <see cref="Pin"/>.</summary>
    public async Task<string> PatronAsync(string customerId, int card, Action<Patron>? change = null, string pin = Pin)
    {
        var patron = new Patron
        {
            CustomerId = customerId,
            Surname = "Koivunen",
            FirstNames = "Aino Testi",
            DateOfBirth = "1990-05-01",
            Group = "adult",
            TermsAcceptedOn = "2026-01-01",
            Language = Wire.Language.Sv,
        };
        change?.Invoke(patron);
        await Patrons.UpsertPatron(new UpsertPatronRequest { Patron = patron }, TestCall.Admin());
        if (patron.FeesCents > 0)
        {
            var fee = new LoanRecord { Kind = LoanRecordKind.Fee, Id = $"fee of {customerId}", CustomerId = customerId, FeeKind = "late", Cents = patron.FeesCents };
            await Loans.ImportLoans(new ImportLoansRequest { Records = { fee } }, TestCall.Admin());
        }

        await Cards.IssueCard(
            new IssueCardRequest { CustomerId = customerId, Card = new Card { CardNumber = CardNumber(card) }, Pin = Digits(pin) }, TestCall.Admin());
        if (patron.Restricted)
        {
            await RestrictAsync(customerId);
        }

        return CardNumber(card);
    }

    /// <summary>Restricts the processing of a patron's data, as on the patron's request.</summary>
    public async Task RestrictAsync(string customerId)
    {
        var rights = Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = customerId, Kind = RequestKind.Restrict, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin());
        await rights.RestrictSubject(new RestrictSubjectRequest { RequestId = asked.Request.Id }, TestCall.Admin());
    }

    /// <summary>A card number as a node's journal holds it.</summary>
    public static ByteString Envelope(string number) => ByteString.CopyFrom(Rules.Cards.CardEnvelope.Seal(Sealing.ExportSubjectPublicKeyInfo(), number));

    /// <summary>A presentation at the front door, the right PIN typed unless a test changes it.</summary>
    public AuthorizeEntryRequest Ask(string card, Action<AuthorizeEntryRequest>? change = null)
    {
        var request = new AuthorizeEntryRequest
        {
            DoorId = "front",
            CardNumber = card,
            Pin = Digits(Pin),
            AttemptId = $"attempt-{Interlocked.Increment(ref _attempts)}",
            DeviceId = "reader",
        };
        change?.Invoke(request);
        return request;
    }

    public Task<Wire.Decision> EnterAsync(string card, string pin = Pin, string? attempt = null, ServerCallContext? call = null, string device = "reader") =>
        EnterAsync(
            Ask(card, request => (request.Pin, request.DeviceId, request.AttemptId) = (Digits(pin), device, attempt ?? request.AttemptId)),
            call);

    public async Task<Wire.Decision> EnterAsync(AuthorizeEntryRequest request, ServerCallContext? call = null) =>
        (await Access.AuthorizeEntry(request, call ?? TestCall.Node())).Decision;

    public async Task<AddBanResponse> BanAsync(string customerId, Wire.BanKind kind, Action<Ban>? change = null)
    {
        var ban = new Ban { CustomerId = customerId, Kind = kind, ReasonCode = "other", Reason = "test" };
        if (kind == Wire.BanKind.Use)
        {
            ban.BranchIds.Add(Main);
            ban.DecisionRef = "test 1/2026";
        }

        change?.Invoke(ban);
        return await Bans.AddBan(new AddBanRequest { Ban = ban }, TestCall.Admin());
    }

    public CardEntry Card(string number) => (CardEntry)Core.Index.Find(Core.Store.Vault.CardIndex(number))!;

    /// <summary>Waits until a grant has brought the card into a branch's scope.</summary>
    public async Task VisitedAsync(string number)
    {
        for (var head = 0L; Card(number).Visits.Count == 0; head = Core.Log.Head.Version)
        {
            await Core.Log.WaitBeyondAsync(head, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Moves time on until the attempt's row is written behind its answer.</summary>
    public Task NotedAsync(string attempt) => Patience.Until(
        () =>
        {
            Time.Advance(DecisionLog.Patience);
            using var db = Core.Store.Read();
            return db.Set<AttemptRow>().Any(row => row.AttemptId == attempt);
        },
        "the attempt is written");

    /// <summary>Waits until no guess is in flight.</summary>
    public Task SettledAsync() => Patience.Until(
        () =>
        {
            using var db = Core.Store.Read();
            return !db.Set<Register.Cards.GuessRow>().Any(row => row.InFlight);
        },
        "every guess has its end");

    public static ByteString Digits(string pin) => ByteString.CopyFrom(Encoding.ASCII.GetBytes(pin));

    /// <summary>Stops the register and starts it again over the same folder.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Does something with the data folder while the register is stopped.</summary>
    public async Task WithoutRunningAsync(Action work)
    {
        await CloseAsync();
        work();
        await OpenAsync();
    }

    /// <summary>Starts the register again on what was durable at this moment, as after a power cut: nothing that waits is written.</summary>
    public async Task CrashAsync()
    {
        using var image = new TempFolder();
        foreach (var file in Durable())
        {
            File.Copy(file, image[Path.GetFileName(file)]);
        }

        await CloseAsync();
        SqlitePools.Close();
        foreach (var file in Durable())
        {
            File.Delete(file);
        }

        foreach (var file in Directory.EnumerateFiles(image.Path).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        await OpenAsync();
    }

    /// <summary>Every byte that the register has on its disk.</summary>
    public byte[] EverythingOnDisk() => [.. Directory.EnumerateFiles(Folder, "register.db*").SelectMany(File.ReadAllBytes)];

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        SqlitePools.Close();
        _folder.Dispose();
    }

    private IEnumerable<string> Durable() => Directory.GetFiles(Folder, RegisterStore.FileName + "*").Concat(Directory.GetFiles(Folder, Register.Audit.HeadFile.Name));

    private async Task OpenAsync()
    {
        Core = await RegisterCore.OpenAsync(Folder, _keyFile is null ? new MasterKey(Key) : KeyFiles.Read(_keyFile), Profile, Time);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddLogging(log => log.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton<IHostApplicationLifetime, Microsoft.Extensions.Hosting.Internal.ApplicationLifetime>()
            .AddSingleton<RevokedCertificates>()
            .AddSingleton(_ => new EnvelopeKey(System.Security.Cryptography.ECDiffieHellman.Create(Sealing.ExportParameters(true))))
            .AddSingleton(_alarms)
            .AddRooms(Core)
            .AddNodes()
            .BuildServiceProvider();
    }

    private async Task CloseAsync()
    {
        await _services.DisposeAsync();
        await Core.DisposeAsync();
    }
}
