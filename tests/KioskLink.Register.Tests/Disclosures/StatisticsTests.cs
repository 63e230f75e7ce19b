using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Tests.Disclosures;

/// <summary>Statistics tell how many and never who.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public async Task R53_A_cell_of_four_patrons_is_suppressed_and_one_of_five_is_told()
    {
        await using var register = await TestRegister.StartAsync();
        for (var n = 0; n < 9; n++)
        {
            await register.PatronAsync($"{10001 + n}", n + 1, patron => (patron.HomeBranch, patron.DateOfBirth) = n < 4 ? (TestRegister.Main, "1990-05-01") : (TestRegister.Other, "2000-05-01"));
        }

        var told = await AskAsync(register, "2026-12-01", "2026-12-01");

        Assert.Equal(("patrons", TestRegister.Other, "adult", "18-29", 5), Assert.Single(Cells(told)));
        Assert.Equal((1, 5), (told.SuppressedCells, told.Minimum));
    }

    [Fact]
    public async Task R53_Plain_visits_of_a_branch_and_hour_are_told_however_few()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await EnterAsync(register, card);
        await EnterAsync(register, card);
        await EnterAsync(register, card, "0001");
        register.Time.Advance(TimeSpan.FromHours(1));
        await EnterAsync(register, card);

        var told = await AskAsync(register, "2026-12-01", "2026-12-01");

        Assert.Equal(
            [(TestRegister.Main, "2026-12-01", 12, 2), (TestRegister.Main, "2026-12-01", 13, 1)],
            told.Visits.Select(visit => (visit.BranchId, visit.Date, visit.Hour, (int)visit.Visits)));
        Assert.DoesNotContain(told.Patrons, cell => cell.Measure == "visitors");
        Assert.Empty((await AskAsync(register, "2026-11-30", "2026-11-30")).Visits);
    }

    [Fact]
    public async Task R53_Visitors_by_attributes_are_counted_once_each_and_told_from_five_on()
    {
        await using var register = await TestRegister.StartAsync();
        for (var n = 1; n <= 5; n++)
        {
            await EnterAsync(register, await register.PatronAsync($"{10000 + n}", n));
        }

        var told = await AskAsync(register, "2026-12-01", "2026-12-01");

        Assert.Contains(("visitors", TestRegister.Main, "adult", "30-64", 5), Cells(told));
    }

    [Fact]
    public void R53_No_field_of_statistics_could_name_anybody()
    {
        var names = new[] { VisitCount.Descriptor, PatronCount.Descriptor }.SelectMany(message => message.Fields.InDeclarationOrder()).Select(field => field.Name);

        Assert.Equal(["branch_id", "date", "hour", "visits", "measure", "branch_id", "group", "age_band", "patrons"], names);
    }

    [Fact]
    public async Task Days_in_the_wrong_order_or_too_many_are_refused()
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`from`", () => AskAsync(register, "", "2026-12-01"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => AskAsync(register, "2026-12-01", "soon"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => AskAsync(register, "2026-12-02", "2026-12-01"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => AskAsync(register, "2025-01-01", "2026-12-01"));
    }

    private static IEnumerable<(string, string, string, string, int)> Cells(GetStatisticsResponse told) =>
        told.Patrons.Select(cell => (cell.Measure, cell.BranchId, cell.Group, cell.AgeBand, (int)cell.Patrons));

    private static async Task EnterAsync(TestRegister register, string card, string pin = TestRegister.Pin)
    {
        var attempt = Guid.NewGuid().ToString("N");
        await register.EnterAsync(card, pin, attempt);
        await register.NotedAsync(attempt);
    }

    private static Task<GetStatisticsResponse> AskAsync(TestRegister register, string from, string to) => Task.Run(() =>
        register.Service<Register.Disclosures.DisclosureService>().GetStatistics(new GetStatisticsRequest { From = from, To = to }, TestCall.Admin()));
}
