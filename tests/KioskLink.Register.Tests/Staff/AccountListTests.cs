using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Staff;

/// <summary>The list of accounts, page by page.</summary>
public sealed class AccountListTests
{
    [Fact]
    public async Task R41_Accounts_come_by_name_page_by_page_and_the_token_of_a_page_names_nobody()
    {
        await using var register = await RunningRegister.StartAsync(new VirtualTime());
        await register.HireAsync("ville", StaffRole.Librarian);
        await register.HireAsync("aino", StaffRole.Librarian);

        var first = await register.AdminStaff().ListAccountsAsync(new ListAccountsRequest { PageSize = 1 });
        var second = await register.AdminStaff().ListAccountsAsync(new ListAccountsRequest { PageSize = 1, PageToken = first.NextPageToken });
        var third = await register.AdminStaff().ListAccountsAsync(new ListAccountsRequest { PageSize = 1, PageToken = second.NextPageToken });

        Assert.Equal(
            ("aino", RunningRegister.Administrator, "ville", ""),
            (first.Accounts.Single().UserName, second.Accounts.Single().UserName, third.Accounts.Single().UserName, third.NextPageToken));
        Assert.DoesNotContain("aino", first.NextPageToken, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String("aino"u8).TrimEnd('='), first.NextPageToken, StringComparison.Ordinal);
    }
}
