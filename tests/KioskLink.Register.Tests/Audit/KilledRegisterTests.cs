using System.Text.Json;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using PatronNoteService = KioskLink.Protos.Register.V1.PatronNoteService;
using PatronService = KioskLink.Protos.Register.V1.PatronService;

namespace KioskLink.Register.Tests.Audit;

/// <summary>The real register, killed while staff works: every change that stands has its row, and the chain is whole (R42, R45).</summary>
public sealed class KilledRegisterTests
{
    private const int Writers = 12;

    private static readonly int Kills = LongRun.IsAsked ? 40 : 4;

    [Fact]
    public async Task R42_After_a_kill_at_any_moment_every_change_that_stands_has_exactly_one_row()
    {
        using var folder = new TempFolder();
        var config = Initialise(folder);
        for (var round = 0; round < Kills; round++)
        {
            await KillAmidWorkAsync(folder, config, round);
            await using var register = await RunningRegister.StartAsync(folder: folder);
            Check(register);
            Assert.True((await new Protos.Register.V1.AuditService.AuditServiceClient(register.Admin).VerifyAsync(new VerifyRequest())).Whole, $"the chain is whole after kill {round}");
        }
    }

    private static string Initialise(TempFolder folder)
    {
        var data = folder["register"];
        Directory.CreateDirectory(data);
        RegisterInit.Write(new RegisterConfig(new Uri("https://127.0.0.1:0"), null, data, "lastu", Path.Combine(data, "master.key")), "lastu", RunningRegister.Administrator, TimeProvider.System);
        return folder.Write("register.json", """{ "register": "https://127.0.0.1:0", "data": "./register", "profile": "lastu" }""");
    }

    // Each writer's kill comes at another step of the calls of the others.
    private static async Task KillAmidWorkAsync(TempFolder folder, string config, int round)
    {
        await using var program = RunningProgram.Start(SolutionRoot.Program("KioskLink.Register"), ["--config", config]);
        var addresses = JsonSerializer.Deserialize<RegisterAddresses>((await program.Line("LISTENING"))["LISTENING ".Length..])!;
        using var admin = RunningRegister.AdminCertificate(folder["register"]);
        var (channel, parts) = RunningRegister.Connect(folder["register"], addresses.Grpc, admin);
        await RunningRegister.UndertakeAsync(channel);
        var enough = new SemaphoreSlim(0);
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(channel, $"p{round}x{writer}", enough)).ToList();
        for (var done = 0; done < 60 + (7 * round); done++)
            await Patience.For(enough.WaitAsync(), "a change is answered");
        await program.Kill();
        await Task.WhenAll(writers);
        Array.ForEach([channel, .. parts], part => part.Dispose());
    }

    private static async Task WriteAsync(Grpc.Net.Client.GrpcChannel channel, string name, SemaphoreSlim enough)
    {
        var (patrons, notes) = (new PatronService.PatronServiceClient(channel), new PatronNoteService.PatronNoteServiceClient(channel));
        try
        {
            for (var number = 0; ; number++)
            {
                var id = $"{name}x{number}";
                await patrons.UpsertPatronAsync(new UpsertPatronRequest
                {
                    Patron = new Patron { CustomerId = id, Surname = "Testinen", FirstNames = "Aino", DateOfBirth = "1980-01-31", Group = "adult", Language = Protos.Types.V1.Language.Fi },
                });
                await notes.AddNoteAsync(new AddNoteRequest { CustomerId = id, Note = new PatronNote { Body = "an umbrella" } });
                enough.Release();
            }
        }
        catch (Grpc.Core.RpcException)
        {
            // The register was killed.
        }
    }

    private static void Check(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        var rows = db.Set<AuditRow>().Where(row => row.Result != "CANCELLED").ToList();
        Assert.Equal(db.Set<PatronRow>().Select(row => row.PatronId).AsEnumerable().Order(), Subjects(rows, "PatronService/UpsertPatron"));
        Assert.Equal(db.Set<PatronNoteRow>().Select(row => row.PatronId).AsEnumerable().Order(), Subjects(rows, "PatronNoteService/AddNote"));
        Assert.Empty(db.Set<ChangeNoteRow>());
    }

    private static IEnumerable<long> Subjects(IEnumerable<AuditRow> rows, string action) =>
        rows.Where(row => row.Action == action).SelectMany(row => AuditRow.ReadSubjects(row.Subjects)).Order();
}
