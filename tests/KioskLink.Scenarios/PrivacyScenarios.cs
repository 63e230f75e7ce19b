using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Demo.Script;
using KioskLink.Demo.Setup;
using KioskLink.Devices.Readers;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>Secrets planted in every input are in no file and no answer afterwards, and nobody at the door learns whether a card is known.</summary>
public class PrivacyScenarios
{
    private const int RefusalTones = 3;
    private const LedColor ReadyLight = LedColor.Blue;
    private const string Header =
        "customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on";

    private static readonly string[] Rows =
    [
        $"secret-1,{Sentinels.KnownCard},{Sentinels.LongPin},Salainen,Yksi,1971-01-13,{Sentinels.IdentityCode},fi,adult,{DemoBranch.Id},,2026-01-15",
        $"secret-2,{Sentinels.OtherCard},{Sentinels.ShortPin},Salainen,Kaksi,1971-01-13,{Sentinels.OtherIdentityCode},fi,adult,{DemoBranch.Id},,2026-01-15",
        $"secret-3,{Sentinels.UnreadableCard},{Sentinels.LongPin},Salainen,Kolme,1971-01-13,,fi,adult,{DemoBranch.Id},,2026-01-15",
        $"secret-4,{Sentinels.UnknownCard},{Sentinels.BadPin},Salainen,Neljä,1971-01-13,,fi,adult,{DemoBranch.Id},,2026-01-15",
        $"secret-5,{Sentinels.UnknownCard},{Sentinels.LongPin},Salainen,Viisi,1971-01-13,{Sentinels.BadIdentityCode},fi,adult,{DemoBranch.Id},,2026-01-15",
        $"secret-6,{Sentinels.UnknownCard},{Sentinels.LongPin},Salainen,\"Kuusi,{Sentinels.OtherIdentityCode}",
        $"{Sentinels.IdentityCode},{Sentinels.LongPin},{Sentinels.UnknownCard},too,few",
    ];

    [Fact]
    public async Task No_planted_pin_card_number_or_identity_code_is_in_any_file_or_answer()
    {
        using var folder = new TempFolder();
        var patrons = folder.Write("patrons.csv", string.Join('\n', [Header, .. Rows]) + "\n");
        await using var branch = await Branch.OpenAsync(patrons: patrons);
        List<string> said = [branch.Said.ToString()];
        said.AddRange(await AskRegisterAsync(branch));
        said.AddRange(await TypeCommandsAsync(branch, patrons));
        await PresentEverythingAsync(branch);
        await branch.Actions.NetworkAsync(NetworkAction.Cut);
        await PresentEverythingAsync(branch);
        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        await branch.Actions.SettledAsync();
        await branch.World.KillNodeAsync();
        await branch.World.KillRegisterAsync();

        Assert.NotEmpty(Sentinels.In(File.ReadAllBytes(patrons)));
        Assert.All(said, text => Assert.Empty(Sentinels.In(text)));
        var files = FilesIn(branch.World.Folder.Path);
        Assert.Contains(files, file => file.EndsWith("journal.db", StringComparison.Ordinal));
        Assert.Empty(files.SelectMany(file => Sentinels.In(File.ReadAllBytes(file)).Select(secret => $"{file}: {secret}")));
    }

    [Fact]
    public async Task An_unknown_card_and_a_wrong_pin_look_and_sound_the_same_online_and_offline()
    {
        await using var branch = await Branch.OpenAsync();
        await AssertAlikeAsync(branch, DecisionCode.CardUnknown);
        await branch.LetInAsync(Branch.Aino, Branch.AinosPin);
        await branch.Actions.NetworkAsync(NetworkAction.Reset);
        await AssertAlikeAsync(branch, DecisionCode.OfflineNotCached);
    }

    /// <summary>All files but the link to the serial line, which is never read to its end, and the socket.</summary>
    private static string[] FilesIn(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file) is { LinkTarget: null, Length: > 0 })];

    private static async Task PresentEverythingAsync(Branch branch)
    {
        await branch.LetInAsync(Sentinels.KnownCard, Sentinels.LongPin);
        await branch.LetInAsync(Sentinels.OtherCard, Sentinels.ShortPin);
        await branch.PresentAsync(Sentinels.OtherCard, Sentinels.WrongPin);
        await branch.PresentAsync(Sentinels.UnknownCard, Sentinels.LongPin);
        await branch.PresentAsync(Sentinels.UnreadableCard, Sentinels.LongPin);
    }

    /// <summary>Calls with secrets in their fields, most of which are refused; returns what the refusals say.</summary>
    private static async Task<IReadOnlyList<string>> AskRegisterAsync(Branch branch)
    {
        var register = branch.World.Register;
        var (access, cards, patrons) = (new AccessService.AccessServiceClient(register), new CardService.CardServiceClient(register), new PatronService.PatronServiceClient(register));
        var pin = ByteString.CopyFromUtf8(Sentinels.WrongPin);
        Func<Task>[] calls =
        [
            async () => await access.AuthorizeEntryAsync(Entry(Sentinels.UnknownCard, pin)),
            async () => await access.AuthorizeEntryAsync(Entry(Sentinels.KnownCard, pin)),
            async () => await access.AuthorizeEntryAsync(Entry(Sentinels.UnreadableCard + Sentinels.LongPin, pin)),
            async () => await access.VerifyCredentialsAsync(new VerifyCredentialsRequest { CardNumber = Sentinels.KnownCard, Pin = pin, Purpose = Sentinels.LongPin }),
            async () => await access.ExplainAccessAsync(new ExplainAccessRequest { CardNumber = Sentinels.UnknownCard, BranchId = DemoBranch.Id, DoorId = DemoBranch.Door }),
            async () => await cards.SetPinAsync(new SetPinRequest { CardNumber = Sentinels.UnknownCard, Pin = pin, AttemptId = "set-1" }),
            async () => await cards.SetPinAsync(new SetPinRequest { CardNumber = Sentinels.KnownCard, Pin = ByteString.CopyFromUtf8(Sentinels.BadPin), AttemptId = "set-2" }),
            async () => await cards.ReportCardLostAsync(new ReportCardLostRequest { CardNumber = Sentinels.UnknownCard }),
            async () => await cards.IssueCardAsync(new IssueCardRequest { CustomerId = "secret-1", Card = new Card { CardNumber = Sentinels.UnreadableCard }, Pin = pin }),
            async () => await patrons.GetPatronAsync(new GetPatronRequest { CardNumber = Sentinels.UnknownCard }),
            async () => await patrons.UpsertPatronAsync(new UpsertPatronRequest { Patron = new Patron { CustomerId = "secret-9", IdentityCode = Sentinels.BadIdentityCode } }),
            async () => await new PermissionService.PermissionServiceClient(register).UpsertBadgeAsync(
                new UpsertBadgeRequest { Badge = new Badge { BadgeRef = "secret" }, CardNumber = Sentinels.UnreadableCard }),
        ];
        var refusals = new List<string>();
        foreach (var call in calls)
            refusals.AddRange(await RefusalOfAsync(call));
        Assert.NotEmpty(refusals);
        return refusals;
    }

    private static AuthorizeEntryRequest Entry(string card, ByteString pin) =>
        new() { BranchId = DemoBranch.Id, DoorId = DemoBranch.Door, CardNumber = card, Pin = pin, AttemptId = Guid.NewGuid().ToString("N"), DeviceId = "test" };

    private static async Task<IEnumerable<string>> RefusalOfAsync(Func<Task> call)
    {
        try
        {
            await Patience.For(call(), "an answer of the register");
            return [];
        }
        catch (RpcException refusal)
        {
            return [refusal.Status.Detail, .. refusal.Trailers.Select(entry => entry.IsBinary ? Encoding.Latin1.GetString(entry.ValueBytes) : entry.Value)];
        }
    }

    private static async Task<IReadOnlyList<string>> TypeCommandsAsync(Branch branch, string patrons)
    {
        var said = new List<string>();
        string[][] commands =
        [
            ["patron", "import", patrons],
            ["patron", "show", "secret-1", "--card", Sentinels.KnownCard],
            ["patron", "show", "--card", Sentinels.UnknownCard],
            ["access", "explain", "--card", Sentinels.UnknownCard, "--branch", DemoBranch.Id, "--door", DemoBranch.Door],
        ];
        foreach (var command in commands)
        {
            var ended = await Ended.KiosklinkAsync(branch, command);
            Assert.NotEqual(0, ended.Code);
            said.AddRange([ended.Output, ended.Errors]);
        }
        return said;
    }

    private static async Task AssertAlikeAsync(Branch branch, DecisionCode unknownCode)
    {
        var wrongPin = await WatchAsync(branch, Branch.Aino, Sentinels.LongPin, DecisionCode.PinWrong);
        var unknown = await WatchAsync(branch, Sentinels.UnknownCard, Sentinels.LongPin, unknownCode);
        Assert.Equal(wrongPin.Lights, unknown.Lights);
        Assert.Equal(wrongPin.Text, unknown.Text);
        Assert.Equal(wrongPin.Tones, unknown.Tones);
    }

    /// <summary>What a person at the reader sees and hears from the card to the end of the refusal's sound.</summary>
    private static async Task<(IReadOnlyList<string> Lights, string Text, int Tones)> WatchAsync(Branch branch, string card, string pin, DecisionCode code)
    {
        var reader = branch.World.Hardware.Reader;
        await Patience.Until(() => reader is { ReadyForCards: true, Light: ReadyLight }, "the door waits for a card", Patience.Program);
        var tones = reader.Tones;
        var lights = new List<string>();
        void Look()
        {
            var light = reader.Light.ToString();
            lock (lights)
            {
                if (lights.Count == 0 || lights[^1] != light)
                    lights.Add(light);
            }
        }

        reader.Changed += Look;
        Assert.Equal(code, (await branch.PresentAsync(card, pin)).Code);
        await Patience.Until(() => reader.Light == LedColor.Red && reader.Tones - tones >= RefusalTones && !reader.Sounding, "the refusal shows and sounds");
        reader.Changed -= Look;
        lock (lights)
            return ([.. lights], reader.Text, reader.Tones - tones);
    }
}
