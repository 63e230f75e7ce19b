using System.Text;
using KioskLink.Demo.Script;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A person who used the door is erased on request: afterwards no file of register and node tells that there was such a person.</summary>
public class ErasureScenarios
{
    private const string Surname = "Poistettavainen";
    private const string FirstNames = "Unohda Minut";
    private const string Header =
        "customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on";

    private static readonly string Row =
        $"forget-1,{Sentinels.KnownCard},{Sentinels.LongPin},{Surname},{FirstNames},1971-01-13,{Sentinels.IdentityCode},fi,adult,{DemoBranch.Id},,2026-01-15";

    [Fact]
    public async Task R75_After_an_erasure_no_name_card_or_identity_code_is_in_any_file_of_register_and_node()
    {
        using var folder = new TempFolder();
        var patrons = folder.Write("patrons.csv", $"{Header}\n{Row}\n");
        await using var branch = await Branch.OpenAsync(patrons: patrons);
        await branch.LetInAsync(Sentinels.KnownCard, Sentinels.LongPin);
        await branch.PresentAsync(Sentinels.KnownCard, Sentinels.WrongPin);
        await branch.Actions.NetworkAsync(NetworkAction.Cut);
        await branch.LetInAsync(Sentinels.KnownCard, Sentinels.LongPin);
        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        await branch.Actions.SettledAsync();

        var rights = new DataSubjectService.DataSubjectServiceClient(branch.World.Register);
        var export = await rights.ExportSubjectAsync(new ExportSubjectRequest { RequestId = await OpenAsync(rights, RequestKind.Inspect) });
        Assert.Contains(Surname, export.DocumentJson.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Contains("holds facts of version", export.DocumentJson.ToStringUtf8(), StringComparison.Ordinal);
        var erased = await rights.EraseSubjectAsync(new EraseSubjectRequest { RequestId = await OpenAsync(rights, RequestKind.Erase), Reason = "on request" });
        Assert.True(erased.Erased);
        await Patience.Until(async () => (await ShowAsync(rights, erased.Erasure.Id)).MissingNodeIds.Count == 0, "the node confirms the erasure");
        Assert.Equal(DecisionCode.CardUnknown, (await branch.PresentAsync(Sentinels.KnownCard, Sentinels.LongPin)).Code);
        await branch.World.KillNodeAsync();
        await branch.World.KillRegisterAsync();

        var files = Directory.GetFiles(branch.World.Folder.Path, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file) is { LinkTarget: null, Length: > 0 }).ToList();
        Assert.Contains(files, file => file.EndsWith("register.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("journal.db", StringComparison.Ordinal));
        Assert.Empty(files.SelectMany(file => Found(File.ReadAllBytes(file)).Select(secret => $"{file}: {secret}")));
    }

    private static IEnumerable<string> Found(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        return Sentinels.In(content).Where(secret => secret is Sentinels.KnownCard or Sentinels.IdentityCode)
            .Concat(new[] { Surname, FirstNames, "forget-1" }.Where(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<long> OpenAsync(DataSubjectService.DataSubjectServiceClient rights, RequestKind kind) => (await rights.OpenRequestAsync(
        new OpenRequestRequest { CustomerId = "forget-1", Kind = kind, Channel = "desk", IdentifiedBy = "in-person-id-document" })).Request.Id;

    private static async Task<Erasure> ShowAsync(DataSubjectService.DataSubjectServiceClient rights, long id) =>
        (await rights.GetErasureAsync(new GetErasureRequest { ErasureId = id })).Erasure;
}
