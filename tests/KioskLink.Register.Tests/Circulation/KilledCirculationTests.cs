using System.Collections.Concurrent;
using System.Text.Json;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Loans;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using LoanService = KioskLink.Protos.Register.V1.LoanService;
using PatronService = KioskLink.Protos.Register.V1.PatronService;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>The real register, killed while machines lend: an act that is asked again is done once and answered as before.</summary>
public sealed class KilledCirculationTests
{
    private const int Machines = 8;
    private const int ItemsOfEach = 100;
    private const int Enough = 120;

    [Fact]
    public async Task After_a_kill_an_act_that_is_asked_again_is_done_once_and_answered_as_before()
    {
        using var folder = new TempFolder();
        var config = Initialise(folder);
        var (asked, answered) = (new ConcurrentQueue<CheckOutRequest>(), new ConcurrentDictionary<string, CheckOutResponse>());
        await KillAmidLoansAsync(folder, config, asked, answered);
        await using var register = await RunningRegister.StartAsync(folder: folder);
        var loans = new LoanService.LoanServiceClient(register.Admin);

        Assert.True(asked.Count > answered.Count, "some acts were in flight");
        foreach (var request in asked)
        {
            var again = await loans.CheckOutAsync(request);
            Assert.True(again.Outcome.Done);
            Assert.Equal(answered.GetValueOrDefault(request.Act.TransactionId, again), again);
        }

        using var db = register.Core.Store.Read();
        Assert.Equal(asked.Select(request => request.ItemId).Order(), db.Set<LoanRow>().Select(loan => loan.ItemId).AsEnumerable().Order());
        Assert.All(db.Set<LoanRow>().ToList(), loan => Assert.Equal(0, loan.Renewals));
    }

    private static string Initialise(TempFolder folder)
    {
        var data = folder["register"];
        Directory.CreateDirectory(data);
        RegisterInit.Write(new RegisterConfig(new Uri("https://127.0.0.1:0"), null, data, "lastu", Path.Combine(data, "master.key")), "lastu", RunningRegister.Administrator, TimeProvider.System);
        return folder.Write("register.json", """{ "register": "https://127.0.0.1:0", "data": "./register", "profile": "lastu" }""");
    }

    private static async Task KillAmidLoansAsync(TempFolder folder, string config, ConcurrentQueue<CheckOutRequest> asked, ConcurrentDictionary<string, CheckOutResponse> answered)
    {
        await using var program = RunningProgram.Start(SolutionRoot.Program("KioskLink.Register"), ["--config", config]);
        var addresses = JsonSerializer.Deserialize<RegisterAddresses>((await program.Line("LISTENING"))["LISTENING ".Length..])!;
        using var admin = RunningRegister.AdminCertificate(folder["register"]);
        var (channel, parts) = RunningRegister.Connect(folder["register"], addresses.Grpc, admin);
        await RunningRegister.UndertakeAsync(channel);
        await FillAsync(channel);
        var enough = new SemaphoreSlim(0);
        var machines = Enumerable.Range(0, Machines).Select(machine => LendAsync(channel, machine, asked, answered, enough)).ToList();
        for (var done = 0; done < Enough; done++)
            await Patience.For(enough.WaitAsync(), "a loan is answered");
        await program.Kill();
        await Task.WhenAll(machines);
        Array.ForEach([channel, .. parts], part => part.Dispose());
    }

    private static async Task FillAsync(Grpc.Net.Client.GrpcChannel channel)
    {
        for (var machine = 0; machine < Machines; machine++)
        {
            await new PatronService.PatronServiceClient(channel).UpsertPatronAsync(new UpsertPatronRequest
            {
                Patron = new Patron { CustomerId = $"p{machine}", Surname = "Testinen", FirstNames = "Aino", DateOfBirth = "1980-01-31", Group = "adult" },
            });
            var records = Enumerable.Range(0, ItemsOfEach).Select(n => new LoanRecord { Kind = LoanRecordKind.Item, Id = $"m{machine}i{n}", Title = "A title", Owner = "Lahti" });
            await new LoanService.LoanServiceClient(channel).ImportLoansAsync(new ImportLoansRequest { Records = { records } });
        }
    }

    private static async Task LendAsync(
        Grpc.Net.Client.GrpcChannel channel, int machine, ConcurrentQueue<CheckOutRequest> asked, ConcurrentDictionary<string, CheckOutResponse> answered, SemaphoreSlim enough)
    {
        var loans = new LoanService.LoanServiceClient(channel);
        try
        {
            for (var n = 0; n < ItemsOfEach; n++)
            {
                var request = new CheckOutRequest
                {
                    Act = new Act { TransactionId = $"m{machine}t{n}", DeviceId = $"machine-{machine}" },
                    Borrower = new Borrower { CustomerId = $"p{machine}" },
                    ItemId = $"m{machine}i{n}",
                };
                asked.Enqueue(request);
                answered[request.Act.TransactionId] = await loans.CheckOutAsync(request);
                enough.Release();
            }
        }
        catch (Grpc.Core.RpcException)
        {
            // The register was killed.
        }
    }
}
