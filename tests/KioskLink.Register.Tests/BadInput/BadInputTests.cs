using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Register.Tests.Staff;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.BadInput;

/// <summary>
/// Every call is tried with impossible values: it is refused with what is wrong, nothing is changed, and the attempt is in the audit
/// log. A new call fails here until it has a row in the table, or a reason why it has none.
/// </summary>
public sealed class BadInputTests
{
    private const string Package = "/kiosklink.register.v1.";
    private const string NoInput = "takes nothing";
    private const string Stream = "is a stream, whose messages its own tests try";
    private const string Session = "works on a session of a patron, and its own tests try its fields";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["AuditService/Verify"] = NoInput,
        ["BanService/ListBanChecks"] = NoInput,
        ["DisclosureService/RunCollection"] = NoInput,
        ["DisclosureService/ExportAddressQuery"] = NoInput,
        ["DisclosureService/ListProcessors"] = NoInput,
        ["DisclosureService/ExportRecordOfProcessing"] = NoInput,
        ["PatronService/GetPatronForm"] = NoInput,
        ["StaffService/GetSession"] = NoInput,
        ["StaffService/GetUndertaking"] = NoInput,
        ["StaffService/SignOut"] = NoInput,
        ["OwnDataService/EndMySession"] = NoInput,
        ["OwnDataService/GetMyData"] = NoInput,
        ["OwnDataService/ReportMyCardLost"] = NoInput,
        ["AlarmService/ListAlarmRoutes"] = NoInput,
        ["AlarmService/WatchAlarms"] = Stream,
        ["NodeService/SyncEntitlements"] = Stream,
        ["NodeService/PublishEvents"] = Stream,
        ["NodeService/ReceiveCommands"] = Stream,
        ["PatronService/ImportPatrons"] = Stream,
        ["OwnDataService/GetMyLoans"] = Session,
        ["OwnDataService/UpdateMyContact"] = Session,
        ["OwnDataService/ChangeMyPin"] = Session,
        ["OwnDataService/AcceptTerms"] = Session,
        ["OwnDataService/SetMyConsent"] = Session,
    };

    private static IReadOnlyList<BadCall> Table { get; } = [.. BadCallTable.Rows(), .. BadOfficeTable.Rows()];

    [Fact]
    public void Every_call_has_a_row_of_impossible_values_or_a_reason_why_not()
    {
        var offered = EveryCall.Paths.Where(path => path.StartsWith(Package, StringComparison.Ordinal)).Select(path => path[Package.Length..]).ToList();
        var tried = Table.Select(row => row.Call).ToHashSet();

        Assert.Empty(offered.Except(tried).Except(Exceptions.Keys));
        Assert.Empty(tried.Concat(Exceptions.Keys).Except(offered));
        Assert.Empty(tried.Intersect(Exceptions.Keys));
    }

    [Fact]
    public async Task Impossible_values_are_refused_by_their_field_change_nothing_and_are_recorded()
    {
        await using var register = await RunningRegister.StartAsync();
        var channels = await StageAsync(register);
        var problems = new List<string>();
        foreach (var row in Table)
        {
            var (before, noted) = (Dump(register), Noted(register, row));
            var refusal = await RefusalAsync(channels[row.By], row);
            if (refusal?.StatusCode != row.Code || !refusal.Status.Detail.Contains(row.Word, StringComparison.Ordinal))
            {
                problems.Add($"{row.Call} {row.Request}: {refusal?.StatusCode} \"{refusal?.Status.Detail}\" instead of {row.Code} {row.Word}");
                continue;
            }

            problems.AddRange(Changed(before, Dump(register)).Select(table => $"{row.Call} {row.Word}: the table {table} was changed"));
            if (LeavesRow(row) && IsOfPersons(row) && Noted(register, row) != noted + 1)
            {
                problems.Add($"{row.Call} {row.Word}: the attempt is not in the audit log");
            }
        }

        // What nodes and visitors do is noted behind the answer.
        foreach (var row in Table.Where(row => LeavesRow(row) && !IsOfPersons(row)))
        {
            await Patience.Until(() => Noted(register, row) > 0, $"{row.Call} {row.Word} is in the audit log");
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    // A branch with a node, a patron with a card and a ban, a request, a camera viewer.
    private static async Task<Dictionary<BadCaller, (ChannelBase Channel, Metadata? Session)>> StageAsync(RunningRegister register)
    {
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1);
        var node = await register.EnrolAsync(Library.Branch);
        await new BanService.BanServiceClient(register.Admin).AddBanAsync(
            new AddBanRequest { Ban = new Ban { CustomerId = "c1", Kind = Wire.BanKind.SelfService, ReasonCode = "damage" } });
        await new DataSubjectService.DataSubjectServiceClient(register.Admin).OpenRequestAsync(
            new OpenRequestRequest { CustomerId = "c1", Kind = RequestKind.Rectify, Channel = "desk" });
        var viewer = await register.HireAsync("viewer", StaffRole.CameraViewer);
        var officer = await register.HireAsync("officer", StaffRole.DataProtectionOfficer);
        var nobody = register.ChannelOf(null);
        return new()
        {
            [BadCaller.Administrator] = (register.Admin, null),
            [BadCaller.Node] = (register.ChannelOf(node.Certificate), null),
            [BadCaller.Viewer] = (nobody, await viewer.WorkAsync()),
            [BadCaller.Officer] = (nobody, await officer.WorkAsync()),
            [BadCaller.Nobody] = (nobody, null),
        };
    }

    private static async Task<RpcException?> RefusalAsync((ChannelBase Channel, Metadata? Session) caller, BadCall row)
    {
        var parts = row.Call.Split('/');
        var method = new Method<byte[], byte[]>(MethodType.Unary, Package[1..] + parts[0], parts[1], Bytes, Bytes);
        try
        {
            var options = new CallOptions(caller.Session, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20));
            using var call = caller.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, row.Request.ToByteArray());
            await call.ResponseAsync;
            return null;
        }
        catch (RpcException refusal)
        {
            return refusal;
        }
    }

    private static IEnumerable<string> Changed(Dictionary<string, string> before, Dictionary<string, string> after) =>
        after.Where(table => before.GetValueOrDefault(table.Key) != table.Value).Select(table => table.Key);

    // Of calls about nobody's data only what is impossible is noted.
    private static bool LeavesRow(BadCall row) => row.Code == StatusCode.InvalidArgument || CallRights.Of(Package + row.Call)!.Audit != AuditKind.None;

    // Whose rows are durable before the answer.
    private static bool IsOfPersons(BadCall row) => row.By is BadCaller.Administrator or BadCaller.Viewer or BadCaller.Officer
        && (CallRights.Of(Package + row.Call)!.Roles & (RoleSet.Visitors | RoleSet.Patrons)) == RoleSet.None;

    private static int Noted(RunningRegister register, BadCall call)
    {
        var result = CallEntry.WireName(call.Code);
        using var db = register.Core.Store.Read();
        return db.Set<AuditRow>().Count(row => row.Action == call.Call && row.Result == result);
    }

    // Every row of every table but the audit's own, the jobs' clock and the time at which a session was last used.
    private static Dictionary<string, string> Dump(RunningRegister register)
    {
        using var connection = register.Core.Store.Connect();
        var tables = Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'audit%' AND name NOT LIKE 'job%' AND name NOT LIKE '%session%' AND name NOT LIKE 'sqlite%'");
        return tables.ToDictionary(table => table, table => string.Join('\n', Read(connection, $"SELECT * FROM {table}")));
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : value.ToString())));
        }

        return rows;
    }
}
