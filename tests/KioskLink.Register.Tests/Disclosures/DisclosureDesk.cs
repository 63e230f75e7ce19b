using System.Text;
using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;

namespace KioskLink.Register.Tests.Disclosures;

/// <summary>Calls the service of disclosures, and puts loans and invoices into the tables.</summary>
internal sealed class DisclosureDesk(TestRegister register)
{
    /// <summary>The basis of questions to the population register in the profile of <see cref="StartAsync"/>.</summary>
    public const string AskedOn = "Act 1/2026; description of the test";

    private int _numbers;

    public Register.Disclosures.DisclosureService Service { get; } = register.Service<Register.Disclosures.DisclosureService>();

    /// <summary>A register whose profile collects weekly, invoices, and does with addresses what a test says.</summary>
    public static Task<TestRegister> StartAsync(PopulationRegisterMode vtj = PopulationRegisterMode.None) => TestRegister.StartAsync(profile => profile with
    {
        Vtj = vtj,
        VtjBasis = vtj == PopulationRegisterMode.None ? "" : AskedOn,
        Disclosures =
        [
            new DisclosureProfile { Kind = DisclosureKind.Collection, Recipient = "Agency", Basis = "Act", OverdueDays = 60 },
            new DisclosureProfile { Kind = DisclosureKind.Invoicing, Recipient = "Unit", Basis = "Act" },
            new DisclosureProfile { Kind = DisclosureKind.InvoiceCollection, Recipient = "Agency", Basis = "Act" },
        ],
    });

    /// <summary>An adult with an identity code, an address and a telephone.</summary>
    public Task PersonAsync(string customer, int card, string identityCode = "010594Y9032", string born = "1994-05-01") =>
        register.PatronAsync(customer, card, patron =>
        {
            (patron.IdentityCode, patron.DateOfBirth) = (identityCode, born);
            patron.Contact = new Contact
            {
                Address = new PostalAddress { Street = "Koetie 1", PostalCode = "02100", City = "Espoo" },
                Phones = { "+358401234567", "0501234567" },
                Email = "koe@example.org",
            };
        });

    public async Task<string> LendAsync(string customer, string due, string owner = "Espoo", string title = "Kalevala", long cents = 2550)
    {
        var loan = $"loan-{++_numbers}";
        await WriteAsync(
            "INSERT INTO items (consortium, item_id, title, owner, price_cents, updated_at) VALUES ($consortium, $item, $title, $owner, $cents, 0)",
            ("$item", $"item of {loan}"), ("$title", title), ("$owner", owner), ("$cents", cents));
        await WriteAsync(
            """
            INSERT INTO loans (consortium, loan_id, patron_id, item_id, branch_id, loaned_at, due_on, renewals, updated_at)
            SELECT $consortium, $loan, patron_id, $item, 'FI-Main', 0, $due, 0, 0 FROM patrons WHERE customer_id = $customer
            """,
            ("$loan", loan), ("$item", $"item of {loan}"), ("$due", due), ("$customer", customer));
        return loan;
    }

    public Task ReturnAsync(string loan) => WriteAsync("DELETE FROM loans WHERE consortium = $consortium AND loan_id = $loan", ("$loan", loan));

    public Task InvoiceAsync(string customer, string number, string due, string loan) => WriteAsync(
        """
        INSERT INTO invoices (consortium, invoice_id, patron_id, number, cents, invoiced_on, due_on, item_ids, settled_at, updated_at)
        SELECT $consortium, $number, patron_id, $number, 4000, '2026-10-01', $due, $item, NULL, 0 FROM patrons WHERE customer_id = $customer
        """,
        ("$number", number), ("$due", due), ("$item", $"item of {loan}"), ("$customer", customer));

    public async Task<RunCollectionResponse> CollectAsync() => await Service.RunCollection(new RunCollectionRequest(), TestCall.Admin());

    public async Task<ExportInvoicesResponse> InvoicesAsync(DisclosureKind kind) =>
        await Service.ExportInvoices(new ExportInvoicesRequest { Kind = kind }, TestCall.Admin());

    public async Task<Disclosure?> AskAsync() => (await QuestionAsync()).Disclosure;

    public async Task<ExportAddressQueryResponse> QuestionAsync() => await Service.ExportAddressQuery(new ExportAddressQueryRequest(), TestCall.Admin());

    public async Task<ImportAddressAnswerResponse> AnswerAsync(params string[] rows) => await Service.ImportAddressAnswer(
        new ImportAddressAnswerRequest { Chunk = ByteString.CopyFromUtf8(string.Join("\r\n", ["identity_code,street_address,postal_code,city,status", .. rows])) },
        TestCall.Admin());

    public async Task<IReadOnlyList<Disclosure>> OfAsync(string customer) =>
        (await Service.ListDisclosuresOf(new ListDisclosuresOfRequest { CustomerId = customer }, TestCall.Admin())).Disclosures;

    /// <summary>The lines of a file.</summary>
    public string[] Lines(Disclosure disclosure) => File.ReadAllText(PathOf(disclosure), Encoding.UTF8).TrimEnd().Split("\r\n");

    public string PathOf(Disclosure disclosure) => Path.Combine(register.Folder, SecretFolder.Name, disclosure.FileName);

    public string[] Files() => Directory.Exists(Path.Combine(register.Folder, SecretFolder.Name))
        ? [.. Directory.EnumerateFiles(Path.Combine(register.Folder, SecretFolder.Name)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)]
        : [];

    private async Task WriteAsync(string sql, params (string Name, object? Value)[] parameters) => await register.Core.Lane.WriteAsync((WriteScope scope) =>
    {
        using var command = scope.Command(sql, [("$consortium", scope.Consortium), .. parameters]);
        Assert.Equal(1, command.ExecuteNonQuery());
    });
}
